using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Quotas;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.ResourceQuotas;

/// <summary>Counts what the objects of a namespace use, as the API has them now.</summary>
internal sealed class QuotaUsage(IApi api, CountedResources resources, TimeProvider time)
{
    private readonly ObjectMetadataApi _metadata = new(api);

    /// <summary>What is used of each resource that the quota bounds and that something counts.</summary>
    public async Task<ApiMap<Quantity>> OfAsync(ResourceQuota quota, CancellationToken cancellationToken)
    {
        ApiMap<Quantity> used = default;
        foreach (var evaluator in QuotaEvaluators.Counting(quota.Spec.Hard.Keys))
        {
            var names = quota.Spec.Hard.Keys.Where(evaluator.Counts).ToList();
            var total = ApiMap.FromPairs(names.Select(static name => KeyValuePair.Create(name, Quantity.Zero)));
            foreach (var value in await ListAsync(evaluator, quota.Metadata.Namespace, cancellationToken))
            {
                if (QuotaScopes.Includes(quota, evaluator, value))
                {
                    total = total.Plus(evaluator.UsageOf(value, time.GetUtcNow()).Only(names));
                }
            }

            used = used.Plus(total);
        }

        return used;
    }

    private async Task<IEnumerable<ApiObject>> ListAsync(IQuotaEvaluator evaluator, string @namespace, CancellationToken cancellationToken)
    {
        switch (evaluator)
        {
            case PodQuota:
                return await WholeAsync<Pod>(@namespace, cancellationToken);
            case ServiceQuota:
                return await WholeAsync<Service>(@namespace, cancellationToken);
            case ClaimQuota:
                return await WholeAsync<PersistentVolumeClaim>(@namespace, cancellationToken);
            default:
                if (await resources.FindAsync(evaluator.Resource, cancellationToken) is not { Namespaced: true } info)
                {
                    // Nothing of a resource that is not served can be used.
                    return [];
                }

                var list = await _metadata.ListAsync(info, @namespace, cancellationToken);
                return list.Select(static metadata => new Api.Meta.PartialObjectMetadata { Metadata = metadata });
        }
    }

    private async Task<IEnumerable<ApiObject>> WholeAsync<T>(string @namespace, CancellationToken cancellationToken) where T : ApiObject, IResource<T>, IApiType<T> =>
        (await api.ListAsync<T>(@namespace, new ListOptions(), cancellationToken)).Items;
}
