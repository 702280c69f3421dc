namespace Petrel.Api.AdmissionRegistration;

/// <summary>A rule that selects requests by operation and resource, as webhooks and admission policies write it.</summary>
public interface IRequestRule
{
    /// <summary>Operations: CREATE, UPDATE, DELETE, CONNECT, or * for all.</summary>
    ApiList<string> Operations { get; }

    /// <summary>API groups, or * for all.</summary>
    ApiList<string> ApiGroups { get; }

    /// <summary>API versions, or * for all.</summary>
    ApiList<string> ApiVersions { get; }

    /// <summary>Resources and subresources: pods, pods/log, */scale, pods/*; * is all resources without, */* with their subresources.</summary>
    ApiList<string> Resources { get; }

    /// <summary>Cluster, Namespaced or * for both.</summary>
    string? Scope { get; }
}
