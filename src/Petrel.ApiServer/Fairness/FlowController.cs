using Petrel.Api;
using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// Which flow schema and priority level a request belongs to, and how many seats each level has. The mandatory objects are
/// in force even when they are not stored.
/// </summary>
/// <param name="serverSeats">Seats of all levels together.</param>
internal sealed class FlowController(int serverSeats, FairnessMetrics metrics, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PriorityLevel> _levels = [];
    private volatile FlowConfiguration _configuration = new([], new Dictionary<string, PriorityLevel>());

    public FlowConfiguration Configuration => _configuration;

    public FlowRoute RouteOf(UserInfo user, RequestInfo info) => _configuration.RouteOf(user, info);

    /// <summary>Puts these objects in force.</summary>
    public void Configure(IReadOnlyList<FlowSchema> schemas, IReadOnlyList<PriorityLevelConfiguration> levels)
    {
        lock (_lock)
        {
            var stored = WithMandatory(levels, BuiltInPriorityLevels.Mandatory);
            var uids = stored.ToDictionary(static level => level.Metadata.Name, static level => level.Metadata.Uid);
            ConfigureLevels(stored);
            var routes = WithMandatory(schemas, BuiltInFlowSchemas.Mandatory)
                .Where(schema => uids.ContainsKey(schema.Spec.PriorityLevelConfiguration.Name))
                .OrderBy(static schema => schema.Spec.MatchingPrecedence)
                .ThenBy(static schema => schema.Metadata.Name, StringComparer.Ordinal)
                .Select(schema => RouteOf(schema, uids))
                .ToList();
            MoveCatchAllToEnd(routes);
            _configuration = new FlowConfiguration(routes, new Dictionary<string, PriorityLevel>(_levels));
            Divide();
        }
    }

    /// <summary>Divides the seats anew, by what the levels needed since the last time; done every few seconds.</summary>
    public void DivideSeats()
    {
        lock (_lock)
        {
            foreach (var (name, level) in _levels.Where(static each => each.Value is { IsQuiescing: true, IsIdle: true }).ToList())
            {
                _levels.Remove(name);
                metrics.Limits(name, default);
                metrics.CurrentLimit(name, 0);
            }

            _configuration = _configuration with { Levels = new Dictionary<string, PriorityLevel>(_levels) };
            Divide();
        }
    }

    private static List<T> WithMandatory<T>(IReadOnlyList<T> stored, IReadOnlyList<T> mandatory) where T : ApiObject =>
        [.. stored, .. mandatory.Where(value => !stored.Any(other => other.Metadata.Name == value.Metadata.Name))];

    // It matches everybody, and others of its precedence come first whatever they are called.
    private static void MoveCatchAllToEnd(List<FlowRoute> routes)
    {
        var catchAll = routes.Single(static route => route.SchemaName == BuiltInFlowSchemas.CatchAll);
        routes.Remove(catchAll);
        routes.Add(catchAll);
    }

    private FlowRoute RouteOf(FlowSchema schema, Dictionary<string, string> uids)
    {
        var level = _levels[schema.Spec.PriorityLevelConfiguration.Name];
        return new FlowRoute(schema, level, uids[level.Name], new FlowMetrics(metrics, new FlowLabels(schema.Metadata.Name, level.Name)));
    }

    private void ConfigureLevels(List<PriorityLevelConfiguration> stored)
    {
        var sum = stored.Sum(static level => (long)SeatAllocation.Shares(level.Spec));
        foreach (var value in stored)
        {
            if (!_levels.TryGetValue(value.Metadata.Name, out var level))
            {
                level = new PriorityLevel(value.Metadata.Name, time) { Metrics = metrics.Of(value.Metadata.Name) };
                _levels.Add(level.Name, level);
            }

            var limits = SeatAllocation.Limits(value.Spec, serverSeats, sum);
            level.Configure(value.Spec, limits);
            metrics.Limits(level.Name, limits);
        }

        foreach (var gone in _levels.Values.Where(level => !stored.Any(value => value.Metadata.Name == level.Name)))
        {
            gone.Quiesce();
        }
    }

    private void Divide()
    {
        var levels = _levels.Values.ToList();
        var demands = levels.ToDictionary(static level => level, static level => level.EndDemandPeriod());
        var seats = levels.Where(static level => !level.IsQuiescing).Sum(static level => level.Limits.Nominal);

        // What is exempt is served first, and leaves the others that much less.
        foreach (var level in levels.Where(static level => level.IsExempt))
        {
            var needed = Guaranteed(level.Limits, demands[level].Peak);
            SetLimit(level, needed);
            seats -= needed;
        }

        var limited = levels.Where(static level => !level.IsExempt).ToList();
        var claims = limited.ConvertAll(level => ClaimOf(level.Limits, demands[level]));
        var (divided, fraction) = SeatAllocation.Divide(seats, claims);
        foreach (var (i, level) in limited.Index())
        {
            SetLimit(level, divided[i]);
        }

        metrics.Divided(demands.ToDictionary(static each => each.Key.Name, static each => (each.Value, ClaimOf(each.Key.Limits, each.Value).Target)), fraction);
    }

    private void SetLimit(PriorityLevel level, int seats)
    {
        level.SetCurrentLimit(seats);
        metrics.CurrentLimit(level.Name, seats);
    }

    private static SeatClaim ClaimOf(SeatLimits limits, SeatDemandPeriod demand)
    {
        var guaranteed = Guaranteed(limits, demand.Peak);
        return new SeatClaim(limits.Lower, guaranteed, limits.Upper, Math.Max(guaranteed, demand.Smoothed));
    }

    private static int Guaranteed(SeatLimits limits, double peak) => Math.Max(limits.Lower, (int)Math.Min(limits.Nominal, Math.Ceiling(peak)));
}
