using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial record ObjectMeta
{
    [Field(1)]
    public string Name { get; init; } = "";

    [Field(2)]
    public string GenerateName { get; init; } = "";

    [Field(3)]
    public string Namespace { get; init; } = "";

    [Field(4)]
    public string SelfLink { get; init; } = "";

    [Field(5)]
    public string Uid { get; init; } = "";

    [Field(6)]
    public string ResourceVersion { get; init; } = "";

    [Field(7)]
    public long Generation { get; init; }

    [Field(8, Always = true)]
    public DateTimeOffset? CreationTimestamp { get; init; }

    [Field(9)]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    [Field(10)]
    public long? DeletionGracePeriodSeconds { get; init; }

    [Field(11)]
    public ApiMap<string> Labels { get; init; }

    [Field(12)]
    public ApiMap<string> Annotations { get; init; }

    [Field(13, ListType = "map", MapKeys = "uid", PatchStrategy = "merge", PatchMergeKey = "uid")]
    public ApiList<OwnerReference> OwnerReferences { get; init; }

    [Field(14, ListType = "set", PatchStrategy = "merge")]
    public ApiList<string> Finalizers { get; init; }

    [Field(17, ListType = "atomic")]
    public ApiList<ManagedFieldsEntry> ManagedFields { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial record ManagedFieldsEntry
{
    [Field(1)]
    public string Manager { get; init; } = "";

    [Field(2)]
    public string Operation { get; init; } = "";

    [Field(3)]
    public string ApiVersion { get; init; } = "";

    [Field(4)]
    public DateTimeOffset? Time { get; init; }

    [Field(6)]
    public string FieldsType { get; init; } = "";

    [Field(7, Definition = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1")]
    public RawJson? FieldsV1 { get; init; }

    [Field(8)]
    public string Subresource { get; init; } = "";

    private const int ManagerBytesMax = 128;

    private const int SubresourceBytesMax = 256;

    internal static void ValidateAll(ApiList<ManagedFieldsEntry> entries, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Validate(path.Index(i), errors);
        }
    }

    /// <summary>Rules for a field manager's name, as an entry or the fieldManager parameter states it.</summary>
    public static void ValidateManager(string manager, FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(manager) > ManagerBytesMax)
        {
            errors.TooLong(path, ManagerBytesMax);
        }

        var position = 0;
        foreach (var rune in manager.EnumerateRunes())
        {
            if (!GoSyntax.IsPrintable(rune))
            {
                errors.Invalid(path, manager, $"invalid character U+{rune.Value:X4} (at position {position})");
            }

            position += rune.Utf8SequenceLength;
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        if (Operation is not ("Apply" or "Update"))
        {
            errors.Invalid(path.Child("operation"), Operation, "must be `Apply` or `Update`");
        }

        if (FieldsType is not ("" or "FieldsV1"))
        {
            errors.Invalid(path.Child("fieldsType"), FieldsType, "must be `FieldsV1`");
        }

        ValidateManager(Manager, path.Child("manager"), errors);
        if (NameFormats.Bytes(Subresource) > SubresourceBytesMax)
        {
            errors.TooLong(path.Child("subresource"), SubresourceBytesMax);
        }
    }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference", MapType = "atomic")]
public sealed partial record OwnerReference
{
    [Field(5, Required = true, Always = true)]
    public string ApiVersion { get; init; } = "";

    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(4, Required = true, Always = true)]
    public string Uid { get; init; } = "";

    [Field(6)]
    public bool? Controller { get; init; }

    [Field(7)]
    public bool? BlockOwnerDeletion { get; init; }

    private static readonly GroupVersionKind CoreEvent = new("", "v1", "Event");

    /// <summary>Every owner is named in full, and at most one of them is the controller.</summary>
    internal static void ValidateAll(ApiList<OwnerReference> owners, FieldPath path, FieldErrors errors)
    {
        var controller = "";
        foreach (var owner in owners)
        {
            owner.Validate(path, errors);
            if (owner.Controller != true)
            {
                continue;
            }

            var name = owner.Kind + "/" + owner.Name;
            if (controller.Length != 0)
            {
                var list = string.Join(", ", owners.Select(static each => each.GoText()));
                errors.Invalid(path, new Verbatim($"[]v1.OwnerReference{{{list}}}"), $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {name}");
            }
            else
            {
                controller = name;
            }
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        var kind = ApiVersion.Count('/') > 1 ? new GroupVersionKind("", "", Kind) : GroupVersionKind.FromApiVersion(ApiVersion, Kind);
        NotEmpty(path.Child("apiVersion"), kind.Version, ApiVersion, "version must not be empty", errors);
        NotEmpty(path.Child("kind"), Kind, Kind, "kind must not be empty", errors);
        NotEmpty(path.Child("name"), Name, Name, "name must not be empty", errors);
        NotEmpty(path.Child("uid"), Uid, Uid, "uid must not be empty", errors);
        if (kind == CoreEvent)
        {
            errors.Invalid(path, new Verbatim(GoText()), "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void NotEmpty(FieldPath path, string text, string value, string detail, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Invalid(path, value, detail);
        }
    }

    private string GoText() =>
        $"v1.OwnerReference{{APIVersion:{GoSyntax.Quote(ApiVersion)}, Kind:{GoSyntax.Quote(Kind)}, Name:{GoSyntax.Quote(Name)}, UID:{GoSyntax.Quote(Uid)}, Controller:{GoSyntax.Pointer("bool", Controller)}, BlockOwnerDeletion:{GoSyntax.Pointer("bool", BlockOwnerDeletion)}}}";
}
