using Microsoft.Extensions.Logging;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Plugins;

namespace Petrel.Dns.Chain;

/// <summary>
/// The plugins of the cluster's DNS server in order: kubeadm's Corefile. A plugin feels those below it in the list and must
/// not care what is above.
/// </summary>
internal static class DefaultChain
{
    public static DnsChain Build(DnsServerOptions options, KubernetesPluginOptions kubernetes, ClusterIndex index, ILoggerFactory loggers)
    {
        IDnsPlugin?[] plugins =
        [
            new ErrorsPlugin(loggers.CreateLogger<ErrorsPlugin>()),
            options.LogQueries ? new LogPlugin(loggers.CreateLogger<LogPlugin>(), options.Time) : null,
            new LoadBalancePlugin(),
            new CachePlugin(options.Cache, options.Time),
            new KubernetesPlugin(index, kubernetes),
            new LoopPlugin(),
            new ForwardPlugin(options.Forward, options.Time),
        ];
        return new DnsChain([.. plugins.OfType<IDnsPlugin>()]);
    }
}
