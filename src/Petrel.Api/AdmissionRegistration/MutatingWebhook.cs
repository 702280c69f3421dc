using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Somebody who may change the objects of requests before they are validated.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhook")]
public sealed partial record MutatingWebhook : IAdmissionWebhook
{
    /// <summary>A domain name of at least three parts, unique within the configuration.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>How the webhook is reached.</summary>
    [Field(2, Required = true, Always = true)]
    public WebhookClientConfig ClientConfig { get; init; } = WebhookClientConfig.Empty;

    /// <summary>Operations and resources that it is asked about; one rule has to match.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<RuleWithOperations> Rules { get; init; }

    /// <summary>Fail (the default) or Ignore: what happens to requests when the webhook cannot be asked.</summary>
    [Field(4, Enum = ["Fail", "Ignore"])]
    public string? FailurePolicy { get; init; }

    /// <summary>Equivalent (the default) also matches requests to other versions or groups of the same objects; Exact does not.</summary>
    [Field(9, Enum = ["Equivalent", "Exact"])]
    public string? MatchPolicy { get; init; }

    /// <summary>Labels that the namespace of the object must have; for a namespace, its own. Does not limit other cluster-scoped objects.</summary>
    [Field(5)]
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Labels that the object must have before or after the write.</summary>
    [Field(11)]
    public LabelSelector? ObjectSelector { get; init; }

    /// <summary>None or NoneOnDryRun: whether asking changes anything outside of the request.</summary>
    [Field(6, Required = true, Always = true, Enum = ["None", "NoneOnDryRun", "Some", "Unknown"])]
    public string? SideEffects { get; init; }

    /// <summary>Seconds in which the webhook has to answer, 1 to 30; 10 when left out.</summary>
    [Field(7)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Versions of AdmissionReview that the webhook understands (v1, v1beta1), the preferred first.</summary>
    [Field(8, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> AdmissionReviewVersions { get; init; }

    /// <summary>Never (the default) or IfNeeded: whether the webhook is asked again when others changed the object after it.</summary>
    [Field(10, Enum = ["IfNeeded", "Never"])]
    public string? ReinvocationPolicy { get; init; }

    /// <summary>Further conditions on the requests it is asked about, 64 at most.</summary>
    [Field(12, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<MatchCondition> MatchConditions { get; init; }

    internal MutatingWebhook WithDefaults() => this with
    {
        ClientConfig = ClientConfig.WithDefaults(),
        Rules = Rules.ConvertAll(static rule => rule.WithDefaults()),
        FailurePolicy = FailurePolicy ?? WebhookDefaults.FailurePolicy,
        MatchPolicy = MatchPolicy ?? WebhookDefaults.MatchPolicy,
        NamespaceSelector = NamespaceSelector ?? LabelSelector.Empty,
        ObjectSelector = ObjectSelector ?? LabelSelector.Empty,
        TimeoutSeconds = TimeoutSeconds ?? WebhookDefaults.TimeoutSeconds,
        ReinvocationPolicy = ReinvocationPolicy ?? WebhookDefaults.ReinvocationPolicy,
    };
}
