using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial record ObjectMeta
{
    /// <summary>Name of the object, unique among those of its kind in its namespace. Cannot be changed.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Beginning of a name that the server completes; used when name is left out.</summary>
    [Field(2)]
    public string GenerateName { get; init; } = "";

    /// <summary>Namespace the object is in; empty for kinds that are in none. Cannot be changed.</summary>
    [Field(3)]
    public string Namespace { get; init; } = "";

    /// <summary>No longer in use.</summary>
    [Field(4)]
    public string SelfLink { get; init; } = "";

    /// <summary>Identity of the object, different from that of any other at any time. Set by the server.</summary>
    [Field(5)]
    public string Uid { get; init; } = "";

    /// <summary>Revision of the object's last change; an update that names another one is refused. Opaque.</summary>
    [Field(6)]
    public string ResourceVersion { get; init; } = "";

    /// <summary>Counts changes of what is wished for. Set by the server.</summary>
    [Field(7)]
    public long Generation { get; init; }

    /// <summary>When the object was created. Set by the server.</summary>
    [Field(8, Always = true)]
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When the object is to go, once it has been deleted; it stays until then and until it has no finalizers.</summary>
    [Field(9)]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Seconds that the object has to end by itself, once it has been deleted.</summary>
    [Field(10)]
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Names and values by which objects are selected.</summary>
    [Field(11)]
    public ApiMap<string> Labels { get; init; }

    /// <summary>Names and values that are not selected by; any text.</summary>
    [Field(12)]
    public ApiMap<string> Annotations { get; init; }

    /// <summary>Objects that this one belongs to: it is deleted when none of them is left.</summary>
    [Field(13, ListType = "map", MapKeys = "uid", PatchStrategy = "merge", PatchMergeKey = "uid")]
    public ApiList<OwnerReference> OwnerReferences { get; init; }

    /// <summary>What must be done before a deleted object goes; who has done his part takes his entry out.</summary>
    [Field(14, ListType = "set", PatchStrategy = "merge")]
    public ApiList<string> Finalizers { get; init; }

    /// <summary>Who set which fields, for server-side apply.</summary>
    [Field(17, ListType = "atomic")]
    public ApiList<ManagedFieldsEntry> ManagedFields { get; init; }

    /// <summary>This metadata with what the server tracks of an update: for status updates that change nothing else of it.</summary>
    public ObjectMeta WithTrackingOf(ObjectMeta update) => this with { ManagedFields = update.ManagedFields, ResourceVersion = update.ResourceVersion };
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial record ManagedFieldsEntry
{
    /// <summary>Name of who made the change.</summary>
    [Field(1)]
    public string Manager { get; init; } = "";

    /// <summary>Apply or Update.</summary>
    [Field(2)]
    public string Operation { get; init; } = "";

    /// <summary>Version in which the fields are named.</summary>
    [Field(3)]
    public string ApiVersion { get; init; } = "";

    /// <summary>When the entry last changed.</summary>
    [Field(4)]
    public DateTimeOffset? Time { get; init; }

    /// <summary>FieldsV1.</summary>
    [Field(6)]
    public string FieldsType { get; init; } = "";

    /// <summary>The fields.</summary>
    [Field(7, Definition = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1")]
    public RawJson? FieldsV1 { get; init; }

    /// <summary>Subresource through which the change was made.</summary>
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
    /// <summary>Group and version of the owner's kind.</summary>
    [Field(5, Required = true, Always = true)]
    public string ApiVersion { get; init; } = "";

    /// <summary>Kind of the owner.</summary>
    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the owner, which is in the same namespace or in none.</summary>
    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Identity of the owner.</summary>
    [Field(4, Required = true, Always = true)]
    public string Uid { get; init; } = "";

    /// <summary>The owner is the one that manages the object; at most one is.</summary>
    [Field(6)]
    public bool? Controller { get; init; }

    /// <summary>A foreground deletion of the owner waits for this object.</summary>
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
