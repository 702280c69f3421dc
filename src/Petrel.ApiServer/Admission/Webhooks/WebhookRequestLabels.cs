using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Which webhook was asked about what, and how it answered.</summary>
internal readonly record struct WebhookRequestLabels(string Name, string Type, string Operation, string Code, string Rejected) : ILabels<WebhookRequestLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "type", "operation", "code", "rejected"];

    public IReadOnlyList<string> Values() => [Name, Type, Operation, Code, Rejected];
}
