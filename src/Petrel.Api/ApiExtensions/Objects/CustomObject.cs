using System.Text.Json;
using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.Autoscaling;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>An object of a custom kind: metadata as every object has it, and content that its schema describes.</summary>
/// <param name="Kind">The version that it is in.</param>
/// <param name="Content">All fields but apiVersion, kind and metadata.</param>
public sealed record CustomObject(CustomKind Kind, JsonMap Content)
    : ApiObject, IHasStatus, IHasGeneration, IHasScale, IValidated, IValidatedUpdate, IValidatedStatus, IPrintable, ISelectableValue, IWarnsOnCreate, IWarnsOnUpdate
{
    private const string Status = "status";

    /// <summary>What is the same in all custom kinds.</summary>
    internal static IReadOnlyList<FieldSchema> MetadataOnly { get; } =
        [new FieldSchema("metadata", 1, FieldKind.Object, Collection.None) { ElementSource = static () => ObjectMeta.Schema, Description = "Standard object metadata." }];

    public override GroupVersionKind GroupVersionKind => Kind.Info.GroupVersionKind;

    /// <inheritdoc/>
    string? IHasScale.ScaleError => Kind.Scale!.ErrorOf(Tree());

    /// <inheritdoc/>
    string? IHasScale.ScaleProblem => Kind.Scale!.ProblemOf(Tree());

    /// <inheritdoc/>
    IReadOnlyList<string> IHasScale.ReplicasPath => Kind.Scale!.Path;

    /// <inheritdoc/>
    bool IHasScale.ChecksScale => true;

    /// <summary>Reads an object: fields that the schema does not name are dropped, defaults filled in.</summary>
    /// <param name="json">From a client, or as it was stored, be it under an older schema.</param>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static CustomObject Decode(ReadOnlyMemory<byte> json, CustomKind kind, DecodeProblems problems)
    {
        var duplicates = new List<string>();
        if (!JsonTree.TryParse(json.Span, duplicates, out var tree, out var error))
        {
            throw new JsonException(error);
        }

        foreach (var duplicate in duplicates)
        {
            problems.AddDuplicate(duplicate);
        }

        return Read(tree, kind, problems);
    }

    /// <summary>The object that a tree is, with all that is in it.</summary>
    internal static CustomObject Of(JsonMap tree, CustomKind kind) =>
        new(kind, tree.Without("apiVersion").Without("kind").Without("metadata")) { Metadata = DecodeMetadata(tree.Find("metadata") ?? JsonTree.Null, new DecodeProblems(), out _) };

    internal static CustomObject Read(JsonTree tree, CustomKind kind, DecodeProblems problems)
    {
        var root = tree as JsonMap ?? JsonMap.Empty;
        var meta = DecodeMetadata(root.Find("metadata") ?? JsonTree.Null, problems, out var unknown);
        var content = kind.Prune(root.Without("apiVersion").Without("kind").Without("metadata"), out var dropped);
        foreach (var path in unknown.Concat(dropped).Order(StringComparer.Ordinal))
        {
            problems.AddStrict("unknown field " + FieldErrors.Quote(path));
        }

        if (kind.Schema is { } schema)
        {
            content = problems.KeepsNulls ? content : NullPruning.Prune(content, schema);
            content = (JsonMap)EmbeddedResources.Normalize(Defaulting.FillMap(content, schema), schema);
        }

        return new CustomObject(kind, content.Without("apiVersion").Without("kind").Without("metadata")) { Metadata = meta };
    }

    /// <summary>The object in another version of its kind, with the content that it has (conversion strategy None).</summary>
    public CustomObject InVersion(CustomKind kind) => ReferenceEquals(kind, Kind) ? this : WithContent(kind, Content);

    /// <summary>The object in another version with other content. Defaults are those of the version in which it was read.</summary>
    internal CustomObject WithContent(CustomKind kind, JsonMap content)
    {
        var pruned = kind.Prune(content, out _);
        return this with { Kind = kind, Content = kind.Schema is { } schema ? (JsonMap)EmbeddedResources.Normalize(NullPruning.Prune(pruned, schema), schema) : pruned };
    }

    public override void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteTypeMeta(writer);
        writer.WritePropertyName("metadata"u8);
        Metadata.WriteJson(writer);
        foreach (var (name, value) in Content)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.ToUtf8(), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    /// <exception cref="NotSupportedException">Always: custom resources have no protobuf form, and negotiation does not offer it.</exception>
    public override void WriteProtobuf(ProtobufWriter writer) => throw new NotSupportedException($"{Kind.Info.Kind} has no protobuf form");

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => Kind.HasStatus ? this with { Content = WithStatus(Content, ((CustomObject)other).Content) } : this;

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => old with
    {
        Metadata = old.Metadata with { ManagedFields = Metadata.ManagedFields },
    } is CustomObject stored ? stored with { Content = WithStatus(stored.Content, Content) } : old;

    /// <inheritdoc/>
    public bool SpecEquals(ApiObject other)
    {
        var old = ((CustomObject)other).Content;
        return Kind.HasStatus ? Content.Without(Status).Equals(old.Without(Status)) : Content.Equals(old);
    }

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings() => FinalizerWarnings(Metadata.Finalizers);

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => FinalizerWarnings(Metadata.Finalizers.Except(old.Metadata.Finalizers, StringComparer.Ordinal));

    // Names that another controller could choose as well; the garbage collector's own have no domain.
    private static IEnumerable<string> FinalizerWarnings(IEnumerable<string> added) => added
        .Where(static name => !name.Contains('/', StringComparison.Ordinal) && name is not ("orphan" or "foregroundDeletion"))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(static name => $"metadata.finalizers: {FieldErrors.Quote(name)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers");

    /// <inheritdoc/>
    public Scale ToScale() => Kind.Scale!.Of(this);

    /// <inheritdoc/>
    public ApiObject WithScale(Scale scale) => this with { Content = Kind.Scale!.With(Content, scale.Spec.Replicas) };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now)
    {
        var root = Tree();
        return [Metadata.Name, .. Kind.Cells.Select(cell => cell.Of(root, now))];
    }

    /// <inheritdoc/>
    public string FieldValue(string field) => Kind.SelectableFields.TryGetValue(field, out var path) ? path.Find(Tree()).FirstOrDefault() switch
    {
        null or JsonNull => "",
        JsonText text => text.Value,
        var value => value.ToString(),
    }
    : "";

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Validate(null, errors, isStatus: false);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Validate((CustomObject)old, errors, isStatus: false);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Validate((CustomObject)old, errors, isStatus: true);

    /// <summary>The whole object as JSON.</summary>
    internal JsonMap Tree()
    {
        var builder = new JsonMapBuilder(Content.Count + 3);
        builder.Set("apiVersion", GroupVersionKind.ApiVersion);
        builder.Set("kind", GroupVersionKind.Kind);
        builder.Set("metadata", JsonTree.Parse(JsonEncoding.Encode(Metadata)));
        foreach (var (name, value) in Content)
        {
            builder.Set(name, value);
        }

        return builder.ToMap();
    }

    private static ObjectMeta DecodeMetadata(JsonTree metadata, DecodeProblems problems, out IEnumerable<string> unknown)
    {
        const string UnknownField = "unknown field \"";
        var found = new DecodeProblems();
        var meta = JsonDecoder.Decode<ObjectMeta>(metadata.ToUtf8(), found);
        unknown = [.. found.Strict.Where(static text => text.StartsWith(UnknownField, StringComparison.Ordinal)).Select(static text => "metadata." + text[UnknownField.Length..^1])];
        if (found.TypeError is { } error)
        {
            problems.AddTypeError(error);
        }

        return meta;
    }

    private static JsonMap WithStatus(JsonMap content, JsonMap source) =>
        source.Find(Status) is { } status ? content.With(Status, status) : content.Without(Status);

    private void Validate(CustomObject? old, FieldErrors errors, bool isStatus)
    {
        var (root, before) = (Tree(), old?.Tree());
        if (Kind.Schema is { } schema)
        {
            ValidateValues(root, before, schema, errors, isStatus);
        }

        if (!isStatus)
        {
            Kind.Scale?.ValidateSpec(root, errors);
        }

        Kind.Scale?.ValidateStatus(root, errors);
        if (Kind.Schema is null)
        {
            return;
        }

        // Of the object itself the generic path has looked at the metadata; these are about its content.
        EmbeddedResources.Validate(Content, Kind.Schema, FieldPath.Root, errors);
        ValidateListTypes(old, Kind.Schema, errors);
        ValidateRules(root, before, errors);
    }

    // Messages about a status name its fields as if it were the whole object.
    private static void ValidateValues(JsonMap root, JsonMap? before, StructuralSchema schema, FieldErrors errors, bool isStatus)
    {
        if (!isStatus)
        {
            ValueValidation.Validate(root, before, schema, FieldPath.Root, errors);
        }
        else if (root.Find(Status) is { } status && schema.Child(Status) is { } described)
        {
            ValueValidation.Validate(status, before?.Find(Status), described, FieldPath.Root.Child(Status), errors);
        }
    }

    private void ValidateListTypes(CustomObject? old, StructuralSchema schema, FieldErrors errors)
    {
        if (old is not null)
        {
            var known = new FieldErrors();
            ListTypes.Validate(old.Content, schema, FieldPath.Root, known);
            if (known.Count > 0)
            {
                // What was wrong before the rule came may stay so.
                return;
            }
        }

        ListTypes.Validate(Content, schema, FieldPath.Root, errors);
    }

    private void ValidateRules(JsonMap root, JsonMap? before, FieldErrors errors)
    {
        if (Kind.Rules is not { } rules)
        {
            return;
        }

        // Rules may rely on what the schema says of types and sizes.
        if (errors.Errors.Any(static error => error.Type is "FieldValueNotSupported" or "FieldValueRequired" or "FieldValueTooLong" or "FieldValueTooMany" or "FieldValueTypeInvalid"))
        {
            errors.Invalid(
                FieldPath.Root.Child("<nil>"), null, "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
            return;
        }

        var run = new RuleRun(errors);
        rules.Validate(root, before, FieldPath.Root, run);
        errors.Forgive(run.Warnings);
    }
}
