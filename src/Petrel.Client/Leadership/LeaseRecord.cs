using Petrel.Api.Coordination;
using Petrel.Client.Api;

namespace Petrel.Client.Leadership;

/// <summary>Tries to get or renew the lease of an election once, and remembers when the lease was last seen to change.</summary>
internal sealed class LeaseRecord(IApi api, LeaderElectionOptions options, TimeProvider time)
{
    private LeaseSpec? _seen;
    private long _seenAt;

    /// <summary>Who held the lease when it was last read; empty for nobody.</summary>
    public string Holder => _seen?.HolderIdentity ?? "";

    /// <summary>True when this candidate holds the lease now.</summary>
    public async Task<bool> TryAcquireOrRenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await api.FindAsync<Lease>(options.Namespace, options.Name, cancellationToken) is not { } lease)
        {
            return await WriteAsync(() => api.CreateAsync(
                new Lease { Metadata = new() { Namespace = options.Namespace, Name = options.Name }, Spec = NewSpec(now, now, 0) }, cancellationToken));
        }

        // The clocks of others are not trusted: only how long ago the record changed, on this clock, counts.
        if (lease.Spec != _seen)
        {
            Remember(lease.Spec);
        }

        var mine = lease.Spec.HolderIdentity == options.Identity;
        if (!mine && !string.IsNullOrEmpty(lease.Spec.HolderIdentity) && time.GetElapsedTime(_seenAt) < options.LeaseDuration)
        {
            return false;
        }

        var transitions = lease.Spec.LeaseTransitions ?? 0;
        var spec = mine ? NewSpec(lease.Spec.AcquireTime ?? now, now, transitions) : NewSpec(now, now, transitions + 1);
        return await WriteAsync(() => api.UpdateAsync(lease with { Spec = spec }, cancellationToken));
    }

    /// <summary>Gives the lease up, so that the next leader need not wait for it to run out.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (await api.FindAsync<Lease>(options.Namespace, options.Name, cancellationToken) is { } lease && lease.Spec.HolderIdentity == options.Identity)
        {
            var now = time.GetUtcNow();
            var spec = lease.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = now, RenewTime = now };
            await WriteAsync(() => api.UpdateAsync(lease with { Spec = spec }, cancellationToken));
        }
    }

    private async Task<bool> WriteAsync(Func<Task<Lease>> write)
    {
        try
        {
            Remember((await write()).Spec);
            return true;
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsAlreadyExists)
        {
            // Another candidate was faster.
            return false;
        }
    }

    private void Remember(LeaseSpec spec) => (_seen, _seenAt) = (spec, time.GetTimestamp());

    private LeaseSpec NewSpec(DateTimeOffset acquired, DateTimeOffset renewed, int transitions) => new()
    {
        HolderIdentity = options.Identity,
        LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
        AcquireTime = acquired,
        RenewTime = renewed,
        LeaseTransitions = transitions,
    };
}
