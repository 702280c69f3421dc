using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Listening;
using Petrel.Dns.Plugins;

namespace Petrel.Dns;

/// <summary>What the cluster's DNS server listens on, serves and forwards to.</summary>
public sealed record DnsServerOptions
{
    /// <summary>The addresses to listen on, each for UDP and TCP. A port of 0 takes a free one.</summary>
    public ImmutableArray<IPEndPoint> Listen { get; init; } = [];

    /// <summary>Sockets opened elsewhere, to be served as well; the server closes them.</summary>
    public ImmutableArray<ListenSockets> Sockets { get; init; } = [];

    /// <summary>The cluster's domain, as given to nodes with --cluster-domain.</summary>
    public string Domain { get; init; } = "cluster.local";

    /// <summary>Seconds that clients may keep the cluster's records; kubeadm's default.</summary>
    public uint TtlSeconds { get; init; } = 30;

    /// <summary>The addresses of the zone's name server; by default those listened on, wildcards left out.</summary>
    public ImmutableArray<IPAddress> ServerAddresses { get; init; } = [];

    /// <summary>
    /// A resolv.conf file whose name servers queries for other domains are forwarded to, read once at the start. Null, like
    /// a file without name servers, leaves only <see cref="ForwardPluginOptions.Upstreams"/>; without any, such queries are refused.
    /// </summary>
    public string? ResolverConfigurationPath { get; init; } = "/etc/resolv.conf";

    /// <summary>How queries are forwarded. Upstreams given here replace those of the file.</summary>
    public ForwardPluginOptions Forward { get; init; } = new();

    /// <summary>How upstreams' answers are cached; the cluster's own never are.</summary>
    public CachePluginOptions Cache { get; init; } = new();

    /// <summary>Whether every query is logged.</summary>
    public bool LogQueries { get; init; }

    public DnsServerLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
