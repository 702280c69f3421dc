using System.Collections.Concurrent;
using Petrel.Api;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Writes;

/// <summary>Keeps metadata.managedFields of one kind: which manager last set which field (server-side apply, KEP-555).</summary>
internal sealed class FieldTracking(ResourceType type)
{
    private readonly ConcurrentDictionary<string, FieldTracker> _trackers = new();

    /// <summary>The new object with its creator as owner of what he set.</summary>
    public ApiObject Create(ApiObject value, string manager, DateTimeOffset now, string subresource = "")
    {
        // Fields that only the server sets are nobody's.
        var clean = value with { Metadata = value.Metadata with { DeletionTimestamp = null, DeletionGracePeriodSeconds = null, ManagedFields = default } };
        return clean with { Metadata = clean.Metadata with { ManagedFields = TrackerOf(subresource).Create(Tree(clean), manager, now) } };
    }

    /// <summary>The changed object with its managers brought up to date for a write that is no apply.</summary>
    public async ValueTask<ApiObject> UpdateAsync(ApiObject old, ApiObject value, string manager, string subresource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ApiList<ManagedFieldsEntry> managers;
        try
        {
            managers = await TrackerOf(subresource).UpdateAsync(
                Tree(old), old.Metadata.ManagedFields, Tree(value), value.Metadata.ManagedFields, manager, now, cancellationToken);
        }
        catch (ConversionException)
        {
            // As upstream's: a write goes on without managers rather than with wrong ones.
            managers = default;
        }

        return value with { Metadata = value.Metadata with { ManagedFields = managers } };
    }

    /// <summary>The rules of ownership behind the object itself (an empty name) or one of its subresources.</summary>
    public FieldTracker TrackerOf(string subresource) => _trackers.GetOrAdd(subresource, name =>
        new FieldTracker(type.Structure, type.Info.GroupVersionKind, Tree(type.Empty))
        {
            Subresource = name,
            Versions = type.FieldVersions,
            ResetFields = FieldSet.Of(ResetFieldsOf(name).Select(static field => field.Split('.'))),
        });

    private IReadOnlyList<string> ResetFieldsOf(string subresource) =>
        type.Info.Subresources.FirstOrDefault(candidate => candidate.Name == subresource)?.ResetFields ?? type.Info.ResetFields;

    private static JsonMap Tree(ApiObject value) => (JsonMap)JsonTree.Parse(JsonEncoding.Encode(value));
}
