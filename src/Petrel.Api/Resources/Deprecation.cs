namespace Petrel.Api.Resources;

/// <summary>A version of a kind is on its way out: every answer to a request for it carries a warning.</summary>
/// <param name="Since">First release in which it is deprecated, e.g. <c>v1.33</c>.</param>
/// <param name="Removed">First release that does not serve it; null when that is not planned.</param>
/// <param name="Replacement">Group, version and kind to use instead, e.g. <c>discovery.k8s.io/v1 EndpointSlice</c>; null for none.</param>
public sealed record Deprecation(string Since, string? Removed = null, string? Replacement = null)
{
    /// <summary>The warning, in the words that clients of Kubernetes know.</summary>
    public string Warning(ResourceInfo info) =>
        $"{info.ApiVersion} {info.Kind} is deprecated in {Since}+{(Removed is null ? "" : $", unavailable in {Removed}+")}{(Replacement is null ? "" : $"; use {Replacement}")}";
}
