using System.Globalization;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>
/// The environment variables by which a container finds services without DNS: those of its namespace, and the API server's
/// (<c>NAME_SERVICE_HOST</c>, <c>NAME_PORT_80_TCP_ADDR</c> and so on, after Docker's links).
/// </summary>
public static class ServiceVariables
{
    private const string MasterNamespace = "default";
    private const string MasterName = "kubernetes";

    /// <param name="services">Services of all namespaces.</param>
    /// <param name="enableLinks">False leaves only the API server's (API field enableServiceLinks).</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<Service> services, string @namespace, bool enableLinks)
    {
        var chosen = new SortedDictionary<string, Service>(StringComparer.Ordinal);
        foreach (var service in services.Where(static service => service.Spec.ClusterIP is not ("" or "None")))
        {
            var (ofNamespace, name) = (service.Metadata.Namespace, service.Metadata.Name);
            if (ofNamespace == MasterNamespace && name == MasterName)
            {
                chosen.TryAdd(name, service);
            }
            else if (enableLinks && ofNamespace == @namespace)
            {
                chosen[name] = service;
            }
        }

        var variables = new Dictionary<string, string>();
        foreach (var service in chosen.Values.Where(static service => !service.Spec.Ports.IsEmpty))
        {
            Add(variables, service);
        }

        return variables;
    }

    private static void Add(Dictionary<string, string> variables, Service service)
    {
        var (prefix, address, ports) = (Variable(service.Metadata.Name), service.Spec.ClusterIP, service.Spec.Ports);
        variables[prefix + "_SERVICE_HOST"] = address;
        variables[prefix + "_SERVICE_PORT"] = Text(ports[0].Port);
        variables[prefix + "_PORT"] = Url(ports[0], address);
        foreach (var port in ports)
        {
            if (port.Name.Length > 0)
            {
                variables[$"{prefix}_SERVICE_PORT_{Variable(port.Name)}"] = Text(port.Port);
            }

            var portPrefix = $"{prefix}_PORT_{Text(port.Port)}_{Protocol(port).ToUpperInvariant()}";
            variables[portPrefix] = Url(port, address);
            variables[portPrefix + "_PROTO"] = Protocol(port).ToLowerInvariant();
            variables[portPrefix + "_PORT"] = Text(port.Port);
            variables[portPrefix + "_ADDR"] = address;
        }
    }

    private static string Url(ServicePort port, string address) =>
        $"{Protocol(port).ToLowerInvariant()}://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{Text(port.Port)}";

    private static string Protocol(ServicePort port) => port.Protocol.Length == 0 ? "TCP" : port.Protocol;

    private static string Variable(string name) => name.Replace('-', '_').ToUpperInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
