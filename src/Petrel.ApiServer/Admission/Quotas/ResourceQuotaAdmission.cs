using Petrel.Api.Core;
using Petrel.Api.Quotas;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission.Quotas;

/// <summary>
/// Refuses what a namespace's quotas do not allow, and charges the rest to them before it is stored. Every charge is a
/// compare-and-swap of the quota, so that writes at the same time, also through other servers, cannot use more than there is.
/// What turns out not to have been stored, or is freed later, the quota controller finds out.
/// </summary>
internal sealed class ResourceQuotaAdmission(Func<ResourceEndpoint> quotas, LimitedResources limited, TimeProvider time) : IValidatingAdmission
{
    /// <summary>Tries before a charge that always loses the race is given up.</summary>
    private const int AttemptsMax = 100;

    private readonly NamespaceLocks _locks = new();

    public string Name => "ResourceQuota";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var evaluator = QuotaEvaluators.For(request.Type.Info.GroupResource);
        if (request.Namespace.Length == 0 || request.Type.ClrType == typeof(Namespace) || !IsHandled(request, evaluator)
            || ((await ReadAsync(request.Namespace, cancellationToken)).Count == 0 && !limited.Concern(evaluator.Resource)))
        {
            return;
        }

        // Within this server charges take turns, instead of losing races to each other.
        using var turn = await _locks.EnterAsync(request.Namespace, cancellationToken);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var charge = new QuotaCharge(request, evaluator, time.GetUtcNow());
            var found = (await ReadAsync(request.Namespace, cancellationToken)).Select(static stored => (Stored: stored, Quota: (ResourceQuota)stored.Decode())).ToList();
            charge.CheckCovered(limited, [.. found.Select(static entry => entry.Quota)]);
            var charged = found.Select(entry => (entry.Stored, Quota: charge.Apply(entry.Quota))).ToList();
            if (request.DryRun || await TryStoreAsync(charged, cancellationToken))
            {
                return;
            }
        }

        throw new StatusException(Statuses.Conflict(
            request.Type.Info.GroupResource, request.Name, "the quotas of the namespace change too often; please try again"));
    }

    private static bool IsHandled(AdmissionRequest request, IQuotaEvaluator evaluator) => request.Operation switch
    {
        AdmissionOperation.Create => request.Subresource.Length == 0 && request.Object is not null,
        AdmissionOperation.Update => request.Subresource is "" or "resize" && request is { Object: { } value, OldObject: { } old } && evaluator.HandlesUpdate(value, old, request.Subresource),
        _ => false,
    };

    private async ValueTask<IReadOnlyList<StoredObject>> ReadAsync(string @namespace, CancellationToken cancellationToken)
    {
        var store = quotas().Store;
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf(@namespace)), cancellationToken);
        return [.. found.Items.Select(store.Wrap)];
    }

    // A quota that changed meanwhile ends the attempt; those charged before it get back what they were charged.
    private async ValueTask<bool> TryStoreAsync(List<(StoredObject Stored, ResourceQuota? Quota)> charged, CancellationToken cancellationToken)
    {
        var written = new List<StoredObject>();
        foreach (var (stored, quota) in charged)
        {
            if (quota is null)
            {
                continue;
            }

            if (await quotas().Store.TryPutAsync(quota, stored.Revision, cancellationToken) is not { } now)
            {
                await TakeBackAsync(charged, written);
                return false;
            }

            written.Add(now);
        }

        return true;
    }

    private async ValueTask TakeBackAsync(List<(StoredObject Stored, ResourceQuota? Quota)> charged, List<StoredObject> written)
    {
        foreach (var now in written)
        {
            var before = charged.First(entry => entry.Stored.Pair.Key == now.Pair.Key).Stored.Decode();

            // One that changed since is counted anew by the controller.
            await quotas().Store.TryPutAsync(before, now.Revision, CancellationToken.None);
        }
    }
}
