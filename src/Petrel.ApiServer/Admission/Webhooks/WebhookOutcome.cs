using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>What came of asking a webhook.</summary>
/// <param name="Refusal">Why the request is refused; null when it may go on.</param>
/// <param name="FailedOpen">The webhook could not be asked, and does not insist.</param>
internal readonly record struct WebhookOutcome(StatusException? Refusal, bool FailedOpen = false);
