using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Policies;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.Metrics;

namespace Petrel.ApiServer.Admission;

/// <summary>What plugins work with.</summary>
/// <param name="Registry">The served resources; known only once the server is put together.</param>
/// <param name="Policies">The admission policies in force.</param>
/// <param name="Classes">The classes that pods name.</param>
/// <param name="Configuration">The settings of the plugins.</param>
internal sealed record AdmissionServices(Func<ResourceRegistry> Registry, IAuthorizer Authorizer, AdmissionPolicies Policies, PodClasses Classes, TimeProvider Time, AdmissionConfiguration Configuration)
{
    /// <summary>Which policies apply to a request.</summary>
    public PolicyMatching PolicyMatching { get; } = new(Registry, Authorizer);

    /// <summary>The webhooks in force, and those who ask them.</summary>
    public required Webhooks.WebhookServices Webhooks { get; init; }

    /// <summary>Where plugins register what they count.</summary>
    public required MetricRegistry Metrics { get; init; }

    /// <summary>The second number of the version that the server claims to be.</summary>
    public required int KubernetesMinor { get; init; }

    /// <summary>The resource of a kind, to be asked for when a request is there.</summary>
    public Func<ResourceEndpoint> Of<T>() where T : ApiObject, IResource<T> => () => Registry().Of<T>();
}
