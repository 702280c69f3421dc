using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Watching;
using Petrel.ApiServer.Writes;

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

    /// <summary>Cancelled when the resource is served no more, or anew: open watches end, and their clients look again.</summary>
    public CancellationToken Ended { get; init; } = CancellationToken.None;

    /// <summary>Clients can see it. Components of the server itself use what they need either way.</summary>
    public bool IsServed { get; init; } = true;

    /// <summary>Counts what watches of the kind have sent.</summary>
    public required WatchEventCounts WatchEvents { get; init; }

    /// <summary>Where watches of the kind meet that decode or encode events.</summary>
    public SharedEvents SharedEvents { get; } = new(store);

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
