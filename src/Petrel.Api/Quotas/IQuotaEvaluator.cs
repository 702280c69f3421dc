using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>How the objects of one resource count against quotas.</summary>
public interface IQuotaEvaluator
{
    GroupResource Resource { get; }

    /// <summary>The names in a quota that objects of the resource count for.</summary>
    bool Counts(string name);

    /// <summary>What an object uses, by resource.</summary>
    ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now);

    /// <summary>The object has the trait that a quota is limited to.</summary>
    bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value);

    /// <summary>An update of this kind may use more than before.</summary>
    bool HandlesUpdate(ApiObject value, ApiObject old, string subresource);

    /// <summary>What an object must state so that it can be counted, and does not; null when nothing is missing.</summary>
    string? Missing(ApiObject value, IReadOnlyCollection<string> counted);

    /// <summary>The update frees something, or moves the object into another quota: quotas should be counted anew.</summary>
    bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now);
}
