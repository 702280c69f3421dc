using Petrel.ApiServer.Admission.Matching;
using Petrel.Metrics;

namespace Petrel.ApiServer.Admission;

/// <summary>How long admission takes, under upstream's names.</summary>
internal sealed class AdmissionMetrics(MetricRegistry registry, TimeProvider time)
{
    // Upstream's buckets, in seconds.
    private static readonly double[] Bounds = [0.005, 0.025, 0.1, 0.5, 1, 2.5];

    private static readonly string[] Outcomes = ["false", "true"];

    private readonly MetricFamily<StepLabels, Histogram> _steps =
        registry.Histograms<StepLabels>("apiserver_admission_step_admission_duration_seconds", "Time of a pass of admission, in seconds.", Bounds);

    private readonly MetricFamily<ControllerLabels, Histogram> _controllers =
        registry.Histograms<ControllerLabels>("apiserver_admission_controller_admission_duration_seconds", "Time of an admission plugin, in seconds.", Bounds);

    /// <summary>Times the plugins of a pass.</summary>
    /// <param name="type">admit or validate.</param>
    public AdmissionPass Pass(string type, IEnumerable<IAdmissionPlugin> plugins) => new(
        [.. plugins.Select(plugin => Series((operation, rejected) => _controllers.Of(new(plugin.Name, type, operation, rejected))))],
        Series((operation, rejected) => _steps.Of(new(type, operation, rejected))),
        time);

    // By operation, and for each what was let through and what was not; begun when there is one.
    private static Lazy<Histogram>[] Series(Func<string, string, Histogram> make) =>
    [
        .. Enum.GetValues<AdmissionOperation>().SelectMany(operation => Outcomes.Select(rejected => new Lazy<Histogram>(() => make(RuleMatch.OperationName(operation), rejected)))),
    ];

    private readonly record struct StepLabels(string Type, string Operation, string Rejected) : ILabels<StepLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["type", "operation", "rejected"];

        public IReadOnlyList<string> Values() => [Type, Operation, Rejected];
    }

    private readonly record struct ControllerLabels(string Name, string Type, string Operation, string Rejected) : ILabels<ControllerLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["name", "type", "operation", "rejected"];

        public IReadOnlyList<string> Values() => [Name, Type, Operation, Rejected];
    }
}
