using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>The versions under which the same stored objects are reached.</summary>
internal static class ObjectVersions
{
    /// <summary>Other versions of the same stored objects.</summary>
    public static IEnumerable<ResourceType> EquivalentTo(ResourceRegistry registry, ResourceType type) =>
        registry.Endpoints.Select(static endpoint => endpoint.Type).Where(other => other != type && other.StorageIdentity.Equals(type.StorageIdentity));

    /// <summary>An object in another version. What is no object of the kind, as the bodies of some subresources, stays as it is.</summary>
    /// <exception cref="ConversionException">It cannot be had in that version.</exception>
    public static async ValueTask<ApiObject?> ConvertAsync(ApiObject? value, ResourceType from, ResourceType to, CancellationToken cancellationToken)
    {
        if (value is null || ReferenceEquals(to, from) || value.GetType() != from.ClrType)
        {
            return value;
        }

        if (to.Conversion is { } conversion)
        {
            return (await conversion([value], cancellationToken))[0];
        }

        // Custom objects need no way through the stored version.
        var stored = from.IsCustom ? value : from.Storage?.ToStorage(value) ?? value;
        return to.Storage?.FromStorage(stored) ?? stored;
    }
}
