using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>The versions of a kind whose fields differ: managers name fields as they are in the version that they wrote.</summary>
public interface IFieldVersions
{
    /// <summary>How the fields of a version are owned; null when there is no such version (any more).</summary>
    FieldStructure? StructureOf(string apiVersion);

    /// <summary>Objects of the kind in another version.</summary>
    /// <exception cref="Resources.ConversionException">It cannot be done.</exception>
    ValueTask<IReadOnlyList<JsonMap>> ConvertAsync(IReadOnlyList<JsonMap> values, string apiVersion, CancellationToken cancellationToken);
}
