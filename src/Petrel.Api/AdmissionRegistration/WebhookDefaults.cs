namespace Petrel.Api.AdmissionRegistration;

/// <summary>What a webhook is when its configuration does not say.</summary>
internal static class WebhookDefaults
{
    public const string FailurePolicy = "Fail";
    public const string MatchPolicy = "Equivalent";
    public const string ReinvocationPolicy = "Never";
    public const int TimeoutSeconds = 10;
}
