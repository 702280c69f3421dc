using System.Text;
using System.Text.Json;

namespace Petrel.Network.Pods;

/// <summary>
/// The CNI network configuration list of the node's pods (CNI specification 1.0.0): a bridge with addresses from the
/// node's range, and host ports.
/// </summary>
public static class CniConfiguration
{
    /// <summary>Runtimes take the first file by name, so ours sorts before others.</summary>
    private const string FilePrefix = "10-";

    /// <summary>Writes the file; a reader sees the old one or the new one, whole.</summary>
    public static void Write(PodNetworkOptions options)
    {
        string path = FilePath(options);
        Directory.CreateDirectory(options.CniConfigurationDirectory);
        byte[] content = Encoding.UTF8.GetBytes(Render(options));
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        // Runtimes read *.conf, *.conflist and *.json only.
        string temporary = $"{path}.new";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    public static void Remove(PodNetworkOptions options) => File.Delete(FilePath(options));

    /// <summary>The file that <see cref="Write"/> makes.</summary>
    public static string FilePath(PodNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Path.Combine(options.CniConfigurationDirectory, $"{FilePrefix}{InstanceNames.PodNetwork(options.InstanceName)}.conflist");
    }

    private static string Render(PodNetworkOptions options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("cniVersion", "1.0.0");
            json.WriteString("name", InstanceNames.PodNetwork(options.InstanceName));
            json.WriteStartArray("plugins");
            WriteBridge(json, options);
            WritePortMapping(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteBridge(Utf8JsonWriter json, PodNetworkOptions options)
    {
        json.WriteStartObject();
        json.WriteString("type", "bridge");
        json.WriteString("bridge", options.Bridge);
        json.WriteBoolean("isGateway", true);
        json.WriteBoolean("hairpinMode", true);
        if (options.MaximumTransmissionUnit is int mtu)
        {
            json.WriteNumber("mtu", mtu);
        }

        json.WriteStartObject("ipam");
        json.WriteString("type", "host-local");
        if (options.AddressDirectory is string directory)
        {
            json.WriteString("dataDir", directory);
        }

        json.WriteStartArray("ranges");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("subnet", options.NodePodRange.ToString());
        json.WriteString("gateway", PodBridge.Gateway(options.NodePodRange).ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndArray();
        // The route through the gateway; isDefaultGateway would add the same one again and fail.
        json.WriteStartArray("routes");
        json.WriteStartObject();
        json.WriteString("dst", "0.0.0.0/0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePortMapping(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "portmap");
        json.WriteBoolean("snat", true);
        json.WriteStartObject("capabilities");
        json.WriteBoolean("portMappings", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
