using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>Objects of any resource count one each, whatever they are (<c>count/RESOURCE.GROUP</c>, and for some also the plain name).</summary>
public sealed class ObjectCountQuota(GroupResource resource) : IQuotaEvaluator
{
    private static readonly string[] PlainNames = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];

    private readonly string[] _names = resource.Group.Length == 0 && PlainNames.Contains(resource.Resource) ? [NameOf(resource), resource.Resource] : [NameOf(resource)];

    public GroupResource Resource { get; } = resource;

    /// <summary>The name under which quotas count objects of a resource.</summary>
    public static string NameOf(GroupResource resource) => "count/" + resource;

    public bool Counts(string name) => Array.IndexOf(_names, name) >= 0;

    public ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now) => ApiMap.FromPairs(_names.Select(static name => KeyValuePair.Create(name, new Quantity(1))));

    public bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value) => false;

    public bool HandlesUpdate(ApiObject value, ApiObject old, string subresource) => false;

    public string? Missing(ApiObject value, IReadOnlyCollection<string> counted) => null;

    public bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now) => false;
}
