using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Because of which webhook a request was refused, and why.</summary>
internal readonly record struct WebhookRejectionLabels(string Name, string Type, string Operation, string ErrorType, string Code) : ILabels<WebhookRejectionLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "type", "operation", "error_type", "rejection_code"];

    public IReadOnlyList<string> Values() => [Name, Type, Operation, ErrorType, Code];
}
