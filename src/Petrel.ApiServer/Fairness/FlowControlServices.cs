using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>Puts together what holds requests back when there are too many: priority and fairness, or plain limits without it.</summary>
internal sealed class FlowControlServices
{
    public FlowControlServices(ApiServerOptions options, ResourceRegistry registry, MetricRegistry metrics, TimeProvider time)
    {
        var (inFlight, dropped) = (new InFlightRequests(metrics, options.MaxRequestsInFlight, options.MaxMutatingRequestsInFlight, time), new DroppedRequests(time));
        if (!options.EnablePriorityAndFairness)
        {
            Filter = new MaxInFlightFilter(options.MaxRequestsInFlight, options.MaxMutatingRequestsInFlight, inFlight, dropped);
            return;
        }

        var watches = new WatchCounts();
        Flows = new FlowController(options.MaxRequestsInFlight + options.MaxMutatingRequestsInFlight, new FairnessMetrics(metrics, time), time);
        FairnessMetrics.ShowProgress(metrics, () => Flows.Configuration.Levels.Values);
        Flows.Configure([], []);
        Filter = new PriorityAndFairnessFilter(Flows, new WorkEstimator(registry, watches), watches, inFlight, dropped, options.RequestTimeout / 4, time);
    }

    /// <summary>Sits between who asks and whether he may.</summary>
    public IRequestFilter Filter { get; }

    /// <summary>Null without priority and fairness.</summary>
    public FlowController? Flows { get; }
}
