using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Networking;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Discovery;
using Petrel.ApiServer.Evictions;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Metrics;
using Petrel.ApiServer.OpenApi;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Services;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Virtual;
using Petrel.Client.Api;
using Petrel.Metrics;
using Petrel.Storage;

namespace Petrel.ApiServer;

/// <summary>
/// The API server without a listener: a store, the resources over it and the pipeline in front. <see cref="HandleAsync"/>
/// serves HTTP requests, <see cref="As"/> components in the same process.
/// </summary>
public sealed class ApiServer
{
    private readonly RequestPipeline _pipeline;
    private readonly ResourceRegistry _registry;
    private readonly ResourceDispatch _dispatch;
    private readonly IReadOnlyList<IPathHandler> _paths;

    /// <exception cref="FormatException">An option of <paramref name="options"/> cannot be read.</exception>
    /// <param name="security">Started by the caller before the first request, and disposed after the last.</param>
    /// <param name="sharedMetrics">Where the process's parts register what they count; the server shows all of it. Its own alone when left out.</param>
    public ApiServer(ApiServerOptions options, IStore store, ServerSecurity security, TimeProvider time, ILoggerFactory logging, MetricRegistry? sharedMetrics = null)
    {
        var metrics = sharedMetrics ?? new MetricRegistry();

        var admissionServices = new AdmissionServices(() => _registry!, security.Authorizer, security.Policies, time, AdmissionConfiguration.Read(options.Admission.ConfigurationFile));
        var admission = new AdmissionChain([.. security.Validating, .. AdmissionPlugins.Make(options.Admission, admissionServices)]);
        IReadOnlyList<IWriteHook> hooks =
        [
            new ServiceAllocation(
                new ResourceStore(store, ResourceType.Of<Service>(), time),
                new AddressObjects(new ResourceStore(store, ResourceType.Of<IPAddress>(), time), time),
                AddressRange.ParseList(options.ServiceClusterIpRange),
                new PortRange(options.ServiceNodePortRange.First, options.ServiceNodePortRange.Last),
                logging.CreateLogger<ServiceAllocation>()),
        ];
        _registry = new ResourceRegistry(
            [
                .. AllResources.List.Select(type => new ResourceEndpoint(
                    type, new ResourceStore(store, type, time), admission, hooks.FirstOrDefault(hook => hook.Kind == type.ClrType), time)
                {
                    Authorizer = security.Authorizer,
                    WatchEvents = ServerMetrics.WatchEvents(metrics, type.Info),
                }),
            ]);

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
            new EvictionSubresource(guards: []),
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
        _dispatch = new ResourceDispatch(_registry, subresources, virtuals, patch);
        var version = new VersionPath(options);
        ServerMetrics.AddTo(metrics, _registry, version.Info());
        _paths =
        [
            new HealthPaths([HealthCheck.Ping, HealthCheck.Store(store)]),
            version,
            new MetricsPath(metrics),
            new DiscoveryPaths(_registry),
            new OpenApiPaths(_registry, options.KubernetesVersion, time),
            .. security.Paths,
            new RootPath(_registry),
        ];
        _pipeline = new RequestPipeline(
            [
                new RequestInfoFilter(),
                new MetricsFilter(new RequestMetrics(metrics), _registry, time),
                new ErrorFilter(logging.CreateLogger<ErrorFilter>()),
                new DeadlineFilter(options.RequestTimeout, time),
                .. security.Filters,
            ],
            AnswerAsync);
    }

    /// <summary>Serves one request.</summary>
    public Task HandleAsync(HttpContext context) => _pipeline.InvokeAsync(context);

    /// <summary>The API for a component in this process, under the component's own identity.</summary>
    /// <param name="userAgent">Names the component as field manager and in audit, e.g. kube-scheduler.</param>
    public IApi As(UserInfo user, string userAgent) => new InProcessApi(_pipeline, user.WithGroup(SystemIdentities.AuthenticatedGroup), userAgent);

    /// <summary>The end of the pipeline: resources, then other paths, then 404.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var request = RequestContext.Of(context);
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
