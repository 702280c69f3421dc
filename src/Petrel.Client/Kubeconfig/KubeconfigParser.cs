using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Petrel.Client.Kubeconfig;

/// <summary>Reads the YAML of a kubeconfig. Files it names are relative to its folder; data in the file wins over a named file.</summary>
internal static class KubeconfigParser
{
    private const string ProxyUrl = "proxy-url";

    private static readonly string[] UnsupportedMethods = ["exec", "auth-provider", "as", "as-uid", "as-groups", "as-user-extra"];

    public static KubeconfigFile Parse(string yaml, string folder)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            throw new KubeconfigException("the kubeconfig is not YAML: " + exception.Message, exception);
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new KubeconfigException("the kubeconfig is empty");
        }

        return new KubeconfigFile
        {
            CurrentContext = Text(root, "current-context") ?? "",
            Clusters = Named(root, "clusters", "cluster", node => Cluster(node, folder)),
            Contexts = Named(root, "contexts", "context", Context),
            Users = Named(root, "users", "user", node => User(node, folder)),
        };
    }

    private static KubeconfigCluster Cluster(YamlMappingNode node, string folder) => new(Text(node, "server") ?? "")
    {
        CertificateAuthorityPem = DataOrFile(node, "certificate-authority", folder),
        InsecureSkipTlsVerify = Text(node, "insecure-skip-tls-verify") == "true",
        TlsServerName = Text(node, "tls-server-name"),
        Unsupported = Text(node, ProxyUrl) is null ? null : ProxyUrl,
    };

    private static KubeconfigContext Context(YamlMappingNode node) => new(Text(node, "cluster") ?? "", Text(node, "user") ?? "")
    {
        Namespace = Text(node, "namespace"),
    };

    private static KubeconfigUser User(YamlMappingNode node, string folder) => new()
    {
        ClientCertificatePem = DataOrFile(node, "client-certificate", folder),
        ClientKeyPem = DataOrFile(node, "client-key", folder),
        Token = Text(node, "token"),
        TokenFile = Text(node, "tokenFile") is { } file ? Path.Combine(folder, file) : null,
        Username = Text(node, "username"),
        Password = Text(node, "password"),
        Unsupported = Array.Find(UnsupportedMethods, method => node.Children.ContainsKey(new YamlScalarNode(method))),
    };

    private static Dictionary<string, T> Named<T>(YamlMappingNode root, string list, string field, Func<YamlMappingNode, T> read)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        if (root.Children.TryGetValue(new YamlScalarNode(list), out var node) && node is YamlSequenceNode items)
        {
            foreach (var item in items.OfType<YamlMappingNode>())
            {
                var name = Text(item, "name") ?? throw new KubeconfigException($"an entry of \"{list}\" has no name");
                var value = item.Children.TryGetValue(new YamlScalarNode(field), out var found) && found is YamlMappingNode mapping ? mapping : [];
                // Of entries with the same name the first one counts, as in kubectl.
                named.TryAdd(name, read(value));
            }
        }

        return named;
    }

    private static string? DataOrFile(YamlMappingNode node, string field, string folder)
    {
        if (Text(node, field + "-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException exception)
            {
                throw new KubeconfigException($"{field}-data is not base64", exception);
            }
        }

        return Text(node, field) is { } file ? File.ReadAllText(Path.Combine(folder, file)) : null;
    }

    private static string? Text(YamlMappingNode node, string field) =>
        node.Children.TryGetValue(new YamlScalarNode(field), out var value) && value is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;
}
