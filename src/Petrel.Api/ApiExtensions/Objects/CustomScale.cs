using Petrel.Api.Autoscaling;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>The scale subresource of a version: where an object keeps its replica counts.</summary>
internal sealed class CustomScale(CustomResourceSubresourceScale declared)
{
    private readonly string[] _status = Split(declared.StatusReplicasPath);
    private readonly string[] _selector = Split(declared.LabelSelectorPath ?? "");

    /// <summary>The names that lead to the wanted count.</summary>
    public string[] Path { get; } = Split(declared.SpecReplicasPath);

    /// <summary>Why an object has no scale to show; null when it has.</summary>
    public string? ProblemOf(JsonMap root) => Find(root, Path) is null ? $"the spec replicas field {FieldErrors.Quote(declared.SpecReplicasPath)} does not exist" : null;

    public Scale Of(CustomObject value)
    {
        var (root, meta) = (value.Tree(), value.Metadata);
        return new Scale
        {
            Metadata = new ObjectMeta
            {
                Name = meta.Name,
                Namespace = meta.Namespace,
                Uid = meta.Uid,
                ResourceVersion = meta.ResourceVersion,
                CreationTimestamp = meta.CreationTimestamp,
            },
            Spec = new ScaleSpec { Replicas = Count(root, Path) },
            Status = new ScaleStatus { Replicas = Count(root, _status), Selector = _selector.Length > 0 && Find(root, _selector) is JsonText text ? text.Value : "" },
        };
    }

    /// <summary>The content with another wanted count.</summary>
    public JsonMap With(JsonMap content, int replicas) => Set(content, Path, replicas);

    public void ValidateSpec(JsonMap root, FieldErrors errors)
    {
        ValidateCount(root, Path, declared.SpecReplicasPath, errors);
        if (_selector.Length > 0)
        {
            ValidateSelector(root, errors);
        }
    }

    public void ValidateStatus(JsonMap root, FieldErrors errors) => ValidateCount(root, _status, declared.StatusReplicasPath, errors);

    private void ValidateSelector(JsonMap root, FieldErrors errors)
    {
        if (Find(root, _selector) is { } found and not JsonText)
        {
            errors.Invalid(FieldPath.Root.Child(declared.LabelSelectorPath!), "", $".{string.Join('.', _selector)} accessor error: {Shown(found)} is of the type {GoTypeOf(found)}, expected string");
        }
    }

    private static void ValidateCount(JsonMap root, string[] path, string given, FieldErrors errors)
    {
        switch (Find(root, path))
        {
            case null:
                break;
            case JsonNumber { IsInteger: true } number when number.Integer < 0:
                errors.Invalid(FieldPath.Root.Child(given), number.Integer, "should be a non-negative integer");
                break;
            case JsonNumber { IsInteger: true } number when number.Integer > int.MaxValue:
                errors.Invalid(FieldPath.Root.Child(given), number.Integer, "should be less than or equal to 2147483647");
                break;
            case JsonNumber { IsInteger: true }:
                break;
            case { } other:
                errors.Invalid(FieldPath.Root.Child(given), 0L, $".{string.Join('.', path)} accessor error: {Shown(other)} is of the type {GoTypeOf(other)}, expected int64");
                break;
        }
    }

    private static string Shown(JsonTree value) => value is JsonText text ? text.Value : value.IsNull ? "<nil>" : value.ToString();

    private static string GoTypeOf(JsonTree value) => value switch
    {
        JsonText => "string",
        JsonBoolean => "bool",
        JsonNumber { IsInteger: true } => "int64",
        JsonNumber => "float64",
        JsonMap => "map[string]interface {}",
        JsonList => "[]interface {}",
        _ => "<nil>",
    };

    private static string[] Split(string path) => path.Length == 0 ? [] : path.TrimStart('.').Split('.');

    private static JsonTree? Find(JsonMap root, string[] path) =>
        path.Aggregate<string, JsonTree?>(root, static (value, name) => (value as JsonMap)?.Find(name));

    private static int Count(JsonMap root, string[] path) =>
        Find(root, path) is JsonNumber { IsInteger: true } number ? (int)Math.Clamp(number.Integer, int.MinValue, int.MaxValue) : 0;

    private static JsonMap Set(JsonMap map, ReadOnlySpan<string> path, long value) =>
        map.With(path[0], path.Length == 1 ? value : Set(map.FindMap(path[0]) ?? JsonMap.Empty, path[1..], value));
}
