using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Writes;
using Petrel.Metrics;

namespace Petrel.ApiServer.Registry;

/// <summary>A served resource: what the verbs need to know to work on it.</summary>
internal sealed class ResourceEndpoint(ResourceType type, ResourceStore store, AdmissionChain admission, IWriteHook? hook, TimeProvider time)
{
    public ResourceType Type { get; } = type;

    public ResourceStore Store { get; } = store;

    public FieldTracking Fields { get; } = new(type);

    public AdmissionChain Admission { get; } = admission;

    public IWriteHook? Hook { get; } = hook;

    /// <summary>Asked by updates that turn out to create.</summary>
    public required IAuthorizer Authorizer { get; init; }

    public TimeProvider Time { get; } = time;

    /// <summary>Counts what watches of the kind have sent.</summary>
    public Counter WatchEvents { get; init; } = new();

    public ResourceInfo Info => Type.Info;

    /// <summary>The group that validation errors name. Upstream validates the stored version, whichever one was asked for.</summary>
    public string ErrorGroup => (Type.Storage?.Type.Info ?? Info).Group;

    /// <summary>Now, in the whole seconds that object times have.</summary>
    public DateTimeOffset Now()
    {
        var now = Time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    /// <summary>Fills in the kind's defaults.</summary>
    public static ApiObject WithDefaults(ApiObject value) => value is IHasDefaults defaulted ? defaulted.WithDefaults() : value;
}
