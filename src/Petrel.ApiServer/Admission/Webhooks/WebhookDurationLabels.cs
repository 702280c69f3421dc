using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Which webhook was asked about what, and whether the request was refused.</summary>
internal readonly record struct WebhookDurationLabels(string Name, string Type, string Operation, string Rejected) : ILabels<WebhookDurationLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "type", "operation", "rejected"];

    public IReadOnlyList<string> Values() => [Name, Type, Operation, Rejected];
}
