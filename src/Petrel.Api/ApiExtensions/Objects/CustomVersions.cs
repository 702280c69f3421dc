using System.Text;
using System.Text.Json;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Resources;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>The versions of the kind that a definition defines, and the ways between them.</summary>
public sealed class CustomVersions : IFieldVersions
{
    private readonly Dictionary<string, CustomKind> _kinds;
    private readonly CustomKind _stored;
    private readonly ICustomConversion? _conversion;

    // As everything begins that is stored in one of the versions.
    private readonly IReadOnlyList<byte[]> _heads;

    /// <param name="definition">A valid definition, with defaults.</param>
    /// <param name="conversion">Who knows one version from another; null: they differ in their names alone.</param>
    public CustomVersions(CustomResourceDefinition definition, ICustomConversion? conversion)
    {
        _kinds = definition.Spec.Versions.ToDictionary(static version => version.Name, version => new CustomKind(definition, version), StringComparer.Ordinal);
        _stored = _kinds.Values.First(static kind => kind.Version.Storage);
        _conversion = conversion;
        _heads = [.. _kinds.Values.Select(static kind => Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind.Info.Kind}\",\"apiVersion\":\"{kind.Info.ApiVersion}\","))];
    }

    /// <summary>The version in which objects are stored.</summary>
    public ResourceType Stored => TypeOf(_stored);

    /// <summary>The versions that are served, in the order of the definition.</summary>
    public IEnumerable<ResourceType> Served => _kinds.Values.Where(static kind => kind.Version.Served).Select(TypeOf);

    /// <inheritdoc/>
    FieldStructure? IFieldVersions.StructureOf(string apiVersion) => Find(apiVersion)?.Structure;

    /// <inheritdoc/>
    async ValueTask<IReadOnlyList<JsonMap>> IFieldVersions.ConvertAsync(IReadOnlyList<JsonMap> values, string apiVersion, CancellationToken cancellationToken)
    {
        var target = Find(apiVersion)!;
        IReadOnlyList<ApiObject> objects = [.. values.Select(value => CustomObject.Of(value, Find(value.FindText("apiVersion") ?? "")!))];
        objects = ConversionTo(target) is { } conversion ? await conversion(objects, cancellationToken) : [.. objects.Select(value => ((CustomObject)value).InVersion(target))];
        return [.. objects.Select(static value => ((CustomObject)value).Tree())];
    }

    private ResourceType TypeOf(CustomKind kind) => kind.ToType(
        new StorageVersion(_stored.ToType(null, ConversionTo(_stored), null), value => ((CustomObject)value).InVersion(kind), value => ((CustomObject)value).InVersion(_stored)) { Read = Read, CheckReadable = CheckReadable },
        ConversionTo(kind),
        _kinds.Count > 1 ? this : null);

    /// <summary>Reads what is stored, with the schema and the defaults of the version in which it is.</summary>
    /// <exception cref="ConversionException">There is no such version any more.</exception>
    private CustomObject Read(ReadOnlyMemory<byte> stored)
    {
        if (!JsonTree.TryParse(stored.Span, out var tree, out var error))
        {
            throw new JsonException(error);
        }

        var apiVersion = (tree as JsonMap)?.FindText("apiVersion") ?? "";
        return Find(apiVersion) is { } kind ? CustomObject.Read(tree, kind, new DecodeProblems()) : throw new ConversionException("request to convert CR from an invalid group/version: " + apiVersion);
    }

    private void CheckReadable(ReadOnlyMemory<byte> stored)
    {
        if (!_heads.Any(head => stored.Span.StartsWith(head)))
        {
            // Of a removed version, or of another name that the kind once had.
            Read(stored);
        }
    }

    private CustomKind? Find(string apiVersion)
    {
        var (group, version, _) = GroupVersionKind.FromApiVersion(apiVersion, "");
        return group == _stored.Info.Group ? _kinds.GetValueOrDefault(version) : null;
    }

    private ObjectConversion? ConversionTo(CustomKind kind) => _conversion is null ? null : (values, cancellationToken) => ConvertAsync(values, kind, cancellationToken);

    private async Task<IReadOnlyList<ApiObject>> ConvertAsync(IReadOnlyList<ApiObject> values, CustomKind target, CancellationToken cancellationToken)
    {
        bool IsOther(ApiObject value) => value.GroupVersionKind.Version != target.Version.Name;

        var others = values.Where(IsOther).Cast<CustomObject>().ToList();
        if (others.Count == 0)
        {
            return values;
        }

        var converted = new Queue<CustomObject>(await _conversion!.ConvertAsync(others, target, cancellationToken));
        return [.. values.Select(value => IsOther(value) ? converted.Dequeue() : value)];
    }
}
