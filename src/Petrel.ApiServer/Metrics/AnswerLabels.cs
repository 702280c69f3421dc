using System.Globalization;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>What a request was for and how it was answered.</summary>
internal readonly record struct AnswerLabels(RequestLabels Request, int Code) : ILabels<AnswerLabels>
{
    public static IReadOnlyList<string> Names { get; } = [.. RequestLabels.Names, "code"];

    public IReadOnlyList<string> Values() => [.. Request.Values(), Code.ToString(CultureInfo.InvariantCulture)];
}
