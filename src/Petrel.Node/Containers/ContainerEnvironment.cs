using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Objects;
using Petrel.Node.Pods;

namespace Petrel.Node.Containers;

/// <summary>
/// The environment variables of a container (API fields envFrom and env, and those of services): later ones replace earlier
/// ones of the same name, and may refer to them.
/// </summary>
internal sealed class ContainerEnvironment(NodeObjects objects, PodEvents events)
{
    /// <param name="pod">With the addresses it has by now in its status.</param>
    /// <param name="services">Variables that tell of services.</param>
    /// <param name="allocatable">What the node gives to a container without a limit.</param>
    /// <exception cref="ContainerConfigurationException">A variable that must have a value has none.</exception>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        Pod pod, PodContainer container, IReadOnlyDictionary<string, string> services, ApiMap<Quantity> allocatable, CancellationToken cancellationToken)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.Container.EnvFrom.AsEnumerable())
        {
            await AddAllAsync(own, pod, container, source, cancellationToken);
        }

        // What a service variable would be called counts as a value to refer to, until a variable of the container takes its place.
        var visible = new Dictionary<string, string>(services, StringComparer.Ordinal);
        foreach (var (name, value) in own)
        {
            visible[name] = value;
        }

        foreach (var variable in container.Container.Env.AsEnumerable())
        {
            var value = variable.ValueFrom is { } source
                ? await FindAsync(pod, container.Container, source, allocatable, cancellationToken)
                : VariableExpansion.Expand(variable.Value, visible);
            if (value is not null)
            {
                visible[variable.Name] = value;
            }
        }

        return visible;
    }

    private async Task AddAllAsync(Dictionary<string, string> variables, Pod pod, PodContainer container, EnvFromSource source, CancellationToken cancellationToken)
    {
        var @namespace = pod.Metadata.Namespace;
        IEnumerable<KeyValuePair<string, string>> entries;
        string what;
        if (source.ConfigMapRef is { } configMapReference)
        {
            what = $"configMap {@namespace}/{configMapReference.Name}";
            entries = await ConfigMapAsync(@namespace, configMapReference.Name, configMapReference.Optional, cancellationToken) is { } map ? map.Data : [];
        }
        else if (source.SecretRef is { } secretReference)
        {
            what = $"secret {@namespace}/{secretReference.Name}";
            entries = await SecretAsync(@namespace, secretReference.Name, secretReference.Optional, cancellationToken) is { } secret
                ? secret.Data.Select(static entry => KeyValuePair.Create(entry.Key, entry.Value.ToUtf8()))
                : [];
        }
        else
        {
            return;
        }

        var invalid = new List<string>();
        foreach (var (key, value) in entries)
        {
            var name = source.Prefix + key;
            if (IsName(name))
            {
                variables[name] = value;
            }
            else
            {
                invalid.Add(name);
            }
        }

        if (invalid.Count > 0)
        {
            events.Warning(
                pod,
                container,
                "InvalidEnvironmentVariableNames",
                $"Keys [{string.Join(", ", invalid)}] from the EnvFrom {what} were skipped since they are considered invalid environment variable names.");
        }
    }

    /// <summary>Null for an optional source that is not there.</summary>
    private async Task<string?> FindAsync(Pod pod, Container container, EnvVarSource source, ApiMap<Quantity> allocatable, CancellationToken cancellationToken)
    {
        var @namespace = pod.Metadata.Namespace;
        switch (source)
        {
            case { FieldRef: { } field }:
                return PodFields.Find(pod, field.FieldPath) ?? throw new ContainerConfigurationException($"unsupported fieldPath: {field.FieldPath}");
            case { ResourceFieldRef: { } field }:
                return ResourceFields.Find(ContainerOf(pod, container, field.ContainerName), field, allocatable)
                    ?? throw new ContainerConfigurationException($"unsupported container resource : {field.Resource}");
            case { ConfigMapKeyRef: { } key }:
                var map = await ConfigMapAsync(@namespace, key.Name, key.Optional, cancellationToken);
                return map is null ? null
                    : map.Data.TryGetValue(key.Key, out var text) ? text
                    : Missing(key.Optional, $"couldn't find key {key.Key} in ConfigMap {@namespace}/{key.Name}");
            case { SecretKeyRef: { } key }:
                var secret = await SecretAsync(@namespace, key.Name, key.Optional, cancellationToken);
                return secret is null ? null
                    : secret.Data.TryGetValue(key.Key, out var bytes) ? bytes.ToUtf8()
                    : Missing(key.Optional, $"couldn't find key {key.Key} in Secret {@namespace}/{key.Name}");
            default:
                return null;
        }
    }

    private async Task<ConfigMap?> ConfigMapAsync(string @namespace, string name, bool? optional, CancellationToken cancellationToken)
    {
        var map = await objects.ConfigMapAsync(@namespace, name, cancellationToken);
        return map is null && optional != true ? throw new ContainerConfigurationException($"configmap \"{name}\" not found") : map;
    }

    private async Task<Secret?> SecretAsync(string @namespace, string name, bool? optional, CancellationToken cancellationToken)
    {
        var secret = await objects.SecretAsync(@namespace, name, cancellationToken);
        return secret is null && optional != true ? throw new ContainerConfigurationException($"secret \"{name}\" not found") : secret;
    }

    private static string? Missing(bool? optional, string message) => optional == true ? null : throw new ContainerConfigurationException(message);

    private static Container ContainerOf(Pod pod, Container container, string name) => name.Length == 0 || name == container.Name
        ? container
        : pod.Spec.Containers.Concat(pod.Spec.InitContainers).FirstOrDefault(each => each.Name == name)
            ?? throw new ContainerConfigurationException(string.Create(CultureInfo.InvariantCulture, $"container {name} not found"));

    /// <summary>Printable ASCII without the equals sign (KEP-4369).</summary>
    private static bool IsName(string name) => name.Length > 0 && name.All(static each => each is > '\x1f' and < '\x7f' and not '=');
}
