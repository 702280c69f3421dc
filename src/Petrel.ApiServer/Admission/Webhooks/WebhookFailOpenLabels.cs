using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Which webhook could not be asked and does not insist.</summary>
internal readonly record struct WebhookFailOpenLabels(string Name, string Type) : ILabels<WebhookFailOpenLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "type"];

    public IReadOnlyList<string> Values() => [Name, Type];
}
