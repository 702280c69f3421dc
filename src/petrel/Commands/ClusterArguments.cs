using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Petrel.ApiServer.Admission;
using Petrel.Program.Hosting;

namespace Petrel.Program.Commands;

/// <summary>The options that several commands share, each declared once.</summary>
internal sealed class ClusterArguments
{
    private static readonly ServerOptions Defaults = new();

    public Option<string> Name { get; } = new("--name") { Description = "The cluster's name; several can run on one machine", DefaultValueFactory = static _ => ClusterPaths.DefaultName };

    public Option<string?> DataDirectory { get; } = new("--data-dir") { Description = $"Folder of the store, the keys and the node [default: {ClusterPaths.DefaultDataDirectory}]" };

    public Option<int> Port { get; } = new("--port") { Description = "Port of the API (HTTPS); 0 picks a free one", DefaultValueFactory = static _ => Defaults.Port };

    public Option<string> BindAddress { get; } = new("--bind-address") { Description = "Address the API listens on", DefaultValueFactory = static _ => Defaults.BindAddress };

    public Option<string?> Kubeconfig { get; } = new("--write-kubeconfig") { Description = "Write the administrator's kubeconfig to this file when the server listens, a moment before it is ready" };

    public Option<IPNetwork> ServiceRange { get; } = Range("--service-cluster-ip-range", "Addresses of services", Defaults.ServiceRange);

    public Option<IPNetwork> PodRange { get; } = Range("--cluster-cidr", "Addresses of pods", Defaults.PodRange);

    public Option<IPAddress?> ClusterDns { get; } = Address("--cluster-dns", "Address of the DNS service [default: the tenth of the service range]");

    public Option<int> DnsPort { get; } = new("--dns-port") { Description = "Port of the node's address that the DNS server listens on", DefaultValueFactory = static _ => Defaults.DnsPort };

    public Option<string> NodeName { get; } = new("--hostname-override") { Description = "Name of this machine's node", DefaultValueFactory = static _ => Defaults.NodeName };

    public Option<IPAddress?> NodeAddress { get; } = Address("--node-ip", "Address others reach this machine by [default: that of the default route]");

    public Option<int> NodePort { get; } = new("--node-port") { Description = "Port of the node's own API (logs, exec)", DefaultValueFactory = static _ => Defaults.NodePort };

    public Option<string> EnableAdmission { get; } = Text("--enable-admission-plugins", "Admission plugins to run besides the default ones, separated by commas");

    public Option<string> DisableAdmission { get; } = Text("--disable-admission-plugins", "Default admission plugins not to run, separated by commas");

    public Option<string> AdmissionConfiguration { get; } = Text("--admission-control-config-file", "File with the settings of admission plugins (kind AdmissionConfiguration)");

    public Option<string> FeatureGates { get; } = Text("--feature-gates", "Features to switch on and off, e.g. DynamicResourceAllocation=true,AllBeta=false");

    public Option<string> RuntimeConfig { get; } = Text("--runtime-config", "APIs to switch on and off, e.g. api/beta=true or resource.k8s.io/v1beta1=true");

    public LimitArguments Limits { get; } = new();

    public AuditArguments Audit { get; } = new();

    public IdentityArguments Identity { get; } = new();

    public Option<bool?> AggregatorRouting { get; } = new("--enable-aggregator-routing") { Description = "Send requests for extension API servers to the addresses behind their services [default: where no node runs]" };

    /// <summary>What the server and <c>up</c> take; <c>up</c> hands it on.</summary>
    public IReadOnlyList<Option> Server => [Name, DataDirectory, Port, BindAddress, ServiceRange, PodRange, ClusterDns, DnsPort, NodeName, NodeAddress, NodePort, EnableAdmission, DisableAdmission, AdmissionConfiguration, FeatureGates, RuntimeConfig, AggregatorRouting, .. Identity.All, .. Limits.All, .. Audit.All];

    public ClusterPaths PathsOf(ParseResult parsed)
    {
        var name = parsed.GetValue(Name)!;
        return new ClusterPaths(name, parsed.GetValue(DataDirectory) ?? (name == ClusterPaths.DefaultName ? ClusterPaths.DefaultDataDirectory : $"{ClusterPaths.DefaultDataDirectory}-{name}"));
    }

    public ServerOptions ServerOf(ParseResult parsed) => new()
    {
        Paths = PathsOf(parsed),
        Port = parsed.GetValue(Port),
        BindAddress = parsed.GetValue(BindAddress)!,
        KubeconfigPath = parsed.GetValue(Kubeconfig),
        ServiceRange = parsed.GetValue(ServiceRange),
        PodRange = parsed.GetValue(PodRange),
        ClusterDns = parsed.GetValue(ClusterDns),
        DnsPort = parsed.GetValue(DnsPort),
        NodeName = parsed.GetValue(NodeName)!,
        NodeAddress = parsed.GetValue(NodeAddress),
        NodePort = parsed.GetValue(NodePort),
        FeatureGates = parsed.GetValue(FeatureGates)!,
        RuntimeConfig = parsed.GetValue(RuntimeConfig)!,
        Limits = Limits.Of(parsed) with { Audit = Audit.Of(parsed) },
        Admission = new AdmissionOptions
        {
            EnablePlugins = Names(parsed.GetValue(EnableAdmission)!),
            DisablePlugins = Names(parsed.GetValue(DisableAdmission)!),
            ConfigurationFile = parsed.GetValue(AdmissionConfiguration)!,
        },
        Security = Identity.Of(parsed),
        AggregatorRouting = parsed.GetValue(AggregatorRouting),
    };

    /// <summary>The parts of a list with commas.</summary>
    internal static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static Option<string> Text(string name, string description, IReadOnlyList<string>? standard = null) =>
        new(name) { Description = description, DefaultValueFactory = _ => string.Join(',', standard ?? []) };

    private static Option<IPNetwork> Range(string name, string description, IPNetwork standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result => IPNetwork.TryParse(Text(result), out var range) ? range : Refuse<IPNetwork>(result, $"{name}: \"{Text(result)}\" is no address range such as {standard}"),
    };

    private static Option<IPAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => IPAddress.TryParse(Text(result), out var address) ? address : Refuse<IPAddress?>(result, $"{name}: \"{Text(result)}\" is no address such as 192.0.2.7"),
    };

    private static string Text(ArgumentResult result) => result.Tokens is [{ } only] ? only.Value : "";

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
