using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Core;
using Petrel.Api.Networking;
using Petrel.Api.Policy;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Admission.Webhooks;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Bootstrap.FlowControl;
using Petrel.ApiServer.CustomResources;
using Petrel.ApiServer.CustomResources.Conversion;
using Petrel.ApiServer.Discovery;
using Petrel.ApiServer.Evictions;
using Petrel.ApiServer.Fairness;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Lifecycle;
using Petrel.ApiServer.Metrics;
using Petrel.ApiServer.OpenApi;
using Petrel.ApiServer.OpenApi.Remote;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Services;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Virtual;
using Petrel.ApiServer.Watching;
using Petrel.ApiServer.Webhooks;
using Petrel.Client.Api;
using Petrel.Metrics;
using Petrel.Storage;

namespace Petrel.ApiServer;

/// <summary>
/// The API server without a listener: a store, the resources over it and the pipeline in front. <see cref="HandleAsync"/>
/// serves HTTP requests, <see cref="As"/> components in the same process.
/// </summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly RequestPipeline _pipeline;
    private readonly DefinitionController _definitions;
    private readonly ResourceRegistry _registry;
    private readonly ResourceDispatch _dispatch;
    private readonly IReadOnlyList<IPathHandler> _paths;
    private readonly FlowController? _flows;
    private readonly Auditor? _auditor;
    private readonly IStore _store;
    private readonly ExtensionProxy _extensions;
    private readonly Func<IApi, AvailabilityController> _availability;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logging;

    /// <exception cref="FormatException">An option of <paramref name="options"/> cannot be read or cannot be.</exception>
    /// <param name="security">Started by the caller before the first request, and disposed after the last.</param>
    /// <param name="sharedMetrics">Where the process's parts register what they count; the server shows all of it. Its own alone when left out.</param>
    public ApiServer(ApiServerOptions options, IStore store, ServerSecurity security, TimeProvider time, ILoggerFactory logging, MetricRegistry? sharedMetrics = null)
    {
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new FormatException(string.Join("; ", problems));
        }

        var metrics = sharedMetrics ?? new MetricRegistry();
        (_store, _time, _logging, Metrics) = (store, time, logging, metrics);

        var version = new VersionPath(options);
        var admissionServices = new AdmissionServices(() => _registry!, security.Authorizer, security.Policies, security.Classes, time, AdmissionConfiguration.Read(options.Admission.ConfigurationFile))
        {
            Metrics = metrics,
            KubernetesMinor = int.Parse(version.Info().Minor, CultureInfo.InvariantCulture),
            Webhooks = new WebhookServices(security.Webhooks, security.WebhookClients, new WebhookMetrics(metrics), logging.CreateLogger("Petrel.ApiServer.Admission.Webhooks")),
        };
        var admission = new AdmissionChain([.. security.Validating, new DeviceAdminAccess(() => _registry!.Of<Namespace>()), .. AdmissionPlugins.Make(options.Admission, admissionServices)], new AdmissionMetrics(metrics, time));
        var allocation = new ServiceAllocation(
            new ResourceStore(store, ResourceType.Of<Service>(), time),
            new AddressObjects(new ResourceStore(store, ResourceType.Of<IPAddress>(), time), time),
            new ServiceRanges(new ResourceStore(store, ResourceType.Of<ServiceCIDR>(), time), AddressRange.ParseList(options.ServiceClusterIpRange)),
            new PortRange(options.ServiceNodePortRange.First, options.ServiceNodePortRange.Last),
            logging.CreateLogger<ServiceAllocation>());
        allocation.ShowUse(metrics);
        security.Show(metrics);
        IReadOnlyList<IWriteHook> hooks = [allocation];
        ResourceEndpoint Endpoint(ResourceType type, CancellationToken ended) =>
            new(type, new ResourceStore(store, type, time) { Metrics = new StoreMetrics(metrics, type.Info.GroupResource, time) }, admission, hooks.FirstOrDefault(hook => hook.Kind == type.ClrType), time)
            {
                Authorizer = security.Authorizer,
                WatchEvents = WatchEventCounts.AddTo(metrics, type.Info),
                IsServed = type.IsCustom || options.RuntimeConfiguration.Serves(type.Info, options.Features),
                Ended = ended,
            };
        _registry = new ResourceRegistry([.. AllResources.List.Select(type => Endpoint(type, CancellationToken.None))]);

        IVerb patch = new Patch();
        var (nodes, clients) = (new NodeLocator(() => _registry.Of<Node>()), security.NodeClients);
        IReadOnlyList<ISubresource> subresources =
        [
            new PartSubresource("status", patch),
            new PartSubresource("ephemeralcontainers", patch),
            new PartSubresource("resize", patch),
            new PartSubresource("approval", patch),
            new ScaleSubresource(),
            new BindingSubresource(),
            new FinalizeSubresource(),
            new EvictionSubresource([new DisruptionBudgets(() => _registry.Of<PodDisruptionBudget>(), time)], time),
            new LogSubresource(nodes, clients),
            PodStreamSubresource.Exec(nodes, clients),
            PodStreamSubresource.Attach(nodes, clients),
            PodStreamSubresource.PortForward(nodes, clients),
            new ProxySubresource(new ProxyTargets(_registry, nodes, clients)),
            .. security.Subresources,
        ];
        IReadOnlyList<IVirtualResource> virtuals =
        [
            .. security.Virtuals,
            new PodBindings(() => _registry.Of<Pod>()),

            // The components run in the process that answers; only the store can fail without them.
            new ComponentStatuses([("controller-manager", HealthCheck.Ping), ("scheduler", HealthCheck.Ping), ("etcd-0", HealthCheck.Store(store))]),
        ];
        var flowControl = new FlowControlServices(options, _registry, metrics, time);
        _flows = flowControl.Flows;
        _dispatch = new ResourceDispatch(_registry, subresources, virtuals, patch);
        var addresses = new ExtensionAddresses(() => _registry, options.AggregatorRouting);
        var discovery = new RemoteDiscovery(addresses, security.ExtensionClients);
        var remoteOpenApi = new RemoteOpenApi(new ExtensionDocuments(addresses, security.ExtensionClients));
        var served = new ServedGroups(_registry, security.ApiServices, discovery);
        _extensions = new ExtensionProxy(security.ApiServices, addresses, security.ExtensionClients);
        var unavailable = AggregatorMetrics.AddTo(metrics, security.ApiServices);
        _availability = api => new AvailabilityController(
            api, new AvailabilityCheck(() => _registry, addresses, security.ExtensionClients), discovery, remoteOpenApi, security.ExtensionClients, unavailable, time, logging);
        ServerMetrics.AddTo(metrics, _registry, store, version.Info(), options.Features);
        var health = new HealthMetrics();
        _paths =
        [
            new HealthPaths([HealthCheck.Ping, HealthCheck.Store(store), .. Bootstrapping.Checks, HealthCheck.Shutdown(Lifecycle)], health),
            version,
            new MetricsPath("/metrics", metrics),
            new MetricsPath("/metrics/slis", health.Registry),
            new DiscoveryPaths(served, security.ExternalHost),
            new OpenApiPaths(_registry, options.KubernetesVersion, remoteOpenApi, _extensions, time),
            .. _flows is null ? Array.Empty<IPathHandler>() : [new FlowControlPaths(_flows, time)],
            .. security.Paths,
            new RootPath(served),
        ];
        _auditor = Auditor.Make(options.Audit, metrics, time, logging.CreateLogger<Auditor>());
        var filterTimes = new FilterTimes(metrics, time);
        _pipeline = new RequestPipeline(
            [
                new RequestInfoFilter(),
                new MetricsFilter(new RequestMetrics(metrics), _registry, time),
                .. _auditor is null ? Array.Empty<IRequestFilter>() : [new AuditFilter(_auditor)],
                new ErrorFilter(logging.CreateLogger<ErrorFilter>()),
                new FeatureFilter(options.Features),
                new StreamEndFilter(Lifecycle),
                new GoAwayFilter(options.GoAwayChance, Random.Shared),
                new DeadlineFilter(options.RequestTimeout, options.MinRequestTimeout, time),
                .. filterTimes.Of("authentication", new AuthenticationFilter(security.Authentication, new AuthenticationMetrics(metrics), time)),
                .. _auditor is null ? Array.Empty<IRequestFilter>() : filterTimes.Of("audit", new AuditBeginFilter(_auditor)),
                .. filterTimes.Of("impersonation", security.ImpersonationFilter),
                .. filterTimes.Of(flowControl.Flows is null ? "maxinflight" : "priorityandfairness", flowControl.Filter),
                .. filterTimes.Of("authorization", new AuthorizationFilter(security.Authorizer, new AuthorizationMetrics(metrics), time)),
            ],
            AnswerAsync);
        var (conversions, conversionMetrics) = (security.WebhookClients.With(Anonymous.Instance), new ConversionMetrics(metrics));
        ICustomConversion? ConversionOf(CustomResourceDefinition definition) =>
            definition.Spec.Conversion?.Strategy == "Webhook" ? new ConversionWebhook(definition, conversions, conversionMetrics, time) : null;
        _definitions = new DefinitionController(
            _registry.Of<CustomResourceDefinition>().Store,
            _registry,
            new CustomEndpoints(definition => new CustomVersions(definition, ConversionOf(definition)), Endpoint),
            As(Components.ApiServer, "kube-apiserver"),
            time,
            logging.CreateLogger<DefinitionController>());
    }

    /// <summary>How far the caller is with the objects that every cluster has; health checks tell it.</summary>
    public BootstrapProgress Bootstrapping { get; } = new();

    /// <summary>All that the server counts.</summary>
    internal MetricRegistry Metrics { get; }

    /// <summary>How the server ends.</summary>
    public ServerLifecycle Lifecycle { get; } = new();

    /// <summary>Serves the custom resources that are defined already; called before the first request.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _definitions.LoadAsync(cancellationToken);

    /// <summary>Serves one request.</summary>
    public Task HandleAsync(HttpContext context) => _pipeline.InvokeAsync(context);

    /// <summary>Follows the definitions of custom resources until cancelled.</summary>
    public Task FollowDefinitionsAsync(CancellationToken cancellationToken) => _definitions.RunAsync(cancellationToken);

    /// <summary>Looks after flow schemas and priority levels and puts them in force, until cancelled.</summary>
    public async Task FollowFlowControlAsync(CancellationToken cancellationToken)
    {
        var api = As(Components.ApiServer, "kube-apiserver");
        var keeper = new FlowControlKeeper(api, _time, _logging.CreateLogger<FlowControlKeeper>());
        await Task.WhenAll(
            keeper.RunAsync(cancellationToken),
            _flows is null ? Task.CompletedTask : new FlowControlConsumer(_flows, _store, api, _time, _logging.CreateLogger<FlowControlConsumer>()).RunAsync(cancellationToken));
    }

    /// <summary>The API for a component in this process, under the component's own identity.</summary>
    /// <param name="userAgent">Names the component as field manager and in audit, e.g. kube-scheduler.</param>
    public IApi As(UserInfo user, string userAgent) => new InProcessApi(_pipeline, user.WithGroup(SystemIdentities.AuthenticatedGroup), userAgent);

    /// <summary>Writes what the audit log still holds.</summary>
    public async ValueTask DisposeAsync()
    {
        Lifecycle.Dispose();
        if (_auditor is not null)
        {
            await _auditor.DisposeAsync();
        }
    }

    /// <summary>The group versions that the server itself serves.</summary>
    public IReadOnlyList<(string Group, string Version)> GroupVersions =>
        [.. _registry.Endpoints.Select(static endpoint => (endpoint.Info.Group, endpoint.Info.Version)).Distinct()];

    /// <summary>What registers custom resources as they come and go; runs as long as the server does.</summary>
    /// <param name="administrator">As whom it writes.</param>
    public CustomApiServices CustomApiServices(IApi administrator) => new(_registry, administrator, _time, _logging);

    /// <summary>What finds out which extension API servers can be reached; runs as long as the server does.</summary>
    /// <param name="administrator">As whom it writes.</param>
    public AvailabilityController Availability(IApi administrator) => _availability(administrator);

    /// <summary>The end of the pipeline: what others serve, resources, other paths, then 404.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var request = RequestContext.Of(context);
        if (await _extensions.TryInvokeAsync(context, request))
        {
            return;
        }

        if (request.Info.IsResource && await _dispatch.TryInvokeAsync(context, request))
        {
            return;
        }

        foreach (var path in _paths)
        {
            if (await path.TryInvokeAsync(context, request))
            {
                return;
            }
        }

        if (request.Info.Path.StartsWith("/api/", StringComparison.Ordinal))
        {
            throw new StatusException(Statuses.ResourceNotFound());
        }

        await NotFoundPath.WriteAsync(context);
    }
}
