using Petrel.Api.Meta;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>What mutating and validating webhooks have in common: who is asked about which requests, and what if he does not answer.</summary>
public interface IAdmissionWebhook
{
    /// <summary>A domain name that tells webhooks apart.</summary>
    string Name { get; }

    /// <summary>How the webhook is reached.</summary>
    WebhookClientConfig ClientConfig { get; }

    /// <summary>Operations and resources; one rule has to match.</summary>
    ApiList<RuleWithOperations> Rules { get; }

    /// <summary>Fail or Ignore: what happens to requests when the webhook cannot be asked.</summary>
    string? FailurePolicy { get; }

    /// <summary>Exact, or Equivalent: also requests to other versions or groups of the same objects.</summary>
    string? MatchPolicy { get; }

    /// <summary>Labels of the object's namespace.</summary>
    LabelSelector? NamespaceSelector { get; }

    /// <summary>Labels of the object, before or after the write.</summary>
    LabelSelector? ObjectSelector { get; }

    /// <summary>None, or NoneOnDryRun; older objects also Some and Unknown.</summary>
    string? SideEffects { get; }

    /// <summary>Seconds in which the webhook has to answer, 1 to 30.</summary>
    int? TimeoutSeconds { get; }

    /// <summary>Versions of AdmissionReview that the webhook understands, the preferred first.</summary>
    ApiList<string> AdmissionReviewVersions { get; }

    /// <summary>Further conditions, in CEL.</summary>
    ApiList<MatchCondition> MatchConditions { get; }
}
