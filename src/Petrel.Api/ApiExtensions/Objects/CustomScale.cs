using Petrel.Api.Autoscaling;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Patch;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>The scale subresource of a version: where an object keeps its replica counts.</summary>
internal sealed class CustomScale(CustomResourceSubresourceScale declared)
{
    private readonly string[] _status = Split(declared.StatusReplicasPath);
    private readonly string[] _selector = Split(declared.LabelSelectorPath ?? "");

    /// <summary>The names that lead to the wanted count.</summary>
    public string[] Path { get; } = Split(declared.SpecReplicasPath);

    /// <summary>The first of the fields that holds what cannot be read; null when all can.</summary>
    public string? ErrorOf(JsonMap root) => Count(root, Path).Error ?? Count(root, _status).Error ?? Selector(root).Error;

    /// <summary>Why an object has no scale to show; null when it has.</summary>
    public string? ProblemOf(JsonMap root) => Find(root, Path).Value is null ? $"the spec replicas field {FieldErrors.Quote(declared.SpecReplicasPath)} does not exist" : null;

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
            Spec = new ScaleSpec { Replicas = unchecked((int)Count(root, Path).Value) },
            Status = new ScaleStatus { Replicas = unchecked((int)Count(root, _status).Value), Selector = Selector(root).Value },
        };
    }

    /// <summary>The content with another wanted count.</summary>
    public JsonMap With(JsonMap content, int replicas) => Set(content, Path, replicas);

    public void ValidateSpec(JsonMap root, FieldErrors errors)
    {
        ValidateCount(root, Path, declared.SpecReplicasPath, errors);
        if (Selector(root).Error is { } error)
        {
            errors.Invalid(FieldPath.Root.Child(declared.LabelSelectorPath!), "", error);
        }
    }

    public void ValidateStatus(JsonMap root, FieldErrors errors) => ValidateCount(root, _status, declared.StatusReplicasPath, errors);

    private static void ValidateCount(JsonMap root, string[] path, string given, FieldErrors errors)
    {
        var (count, error) = Count(root, path);
        var problem = error ?? (count < 0 ? "should be a non-negative integer" : count > int.MaxValue ? "should be less than or equal to 2147483647" : null);
        if (problem is not null)
        {
            errors.Invalid(FieldPath.Root.Child(given), count, problem);
        }
    }

    /// <summary>A count, zero where there is none.</summary>
    private static (long Value, string? Error) Count(JsonMap root, string[] path) => Find(root, path) switch
    {
        (null, var error) => (0, error),
        (JsonNumber { IsInteger: true } number, _) => (number.Integer, null),
        ({ } other, _) => (0, AccessorError(path, other, "int64")),
    };

    /// <summary>The selector, empty where there is none.</summary>
    private (string Value, string? Error) Selector(JsonMap root) => _selector.Length == 0 ? ("", null) : Find(root, _selector) switch
    {
        (null, var error) => ("", error),
        (JsonText text, _) => (text.Value, null),
        ({ } other, _) => ("", AccessorError(_selector, other, "string")),
    };

    /// <summary>What is at a path; nothing is below a null.</summary>
    private static (JsonTree? Value, string? Error) Find(JsonMap root, string[] path)
    {
        JsonTree? value = root;
        for (var i = 0; i < path.Length; i++)
        {
            switch (value)
            {
                case null or JsonNull:
                    return (null, null);
                case JsonMap map:
                    value = map.Find(path[i]);
                    break;
                default:
                    return (null, AccessorError(path[..(i + 1)], value, "map[string]interface{}"));
            }
        }

        return (value, null);
    }

    private static string AccessorError(string[] path, JsonTree value, string expected) =>
        $".{string.Join('.', path)} accessor error: {GoText.Print(value)} is of the type {(value.IsNull ? "<nil>" : GoText.Type(value))}, expected {expected}";

    private static string[] Split(string path) => path.Length == 0 ? [] : path.TrimStart('.').Split('.');

    private static JsonMap Set(JsonMap map, ReadOnlySpan<string> path, long value) =>
        map.With(path[0], path.Length == 1 ? value : Set(map.FindMap(path[0]) ?? JsonMap.Empty, path[1..], value));
}
