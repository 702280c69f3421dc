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
internal sealed class ContainerEnvironment(NodeObjects objects)
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
            await AddAllAsync(own, pod.Metadata.Namespace, source, cancellationToken);
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

    /// <summary>Every key can name a variable (KEP-4369), so none is left out.</summary>
    private async Task AddAllAsync(Dictionary<string, string> variables, string @namespace, EnvFromSource source, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, string>> entries = [];
        if (source.ConfigMapRef is { } map)
        {
            entries = (await ConfigMapAsync(@namespace, map.Name, map.Optional, cancellationToken))?.Data ?? default;
        }
        else if (source.SecretRef is { } secret)
        {
            var data = (await SecretAsync(@namespace, secret.Name, secret.Optional, cancellationToken))?.Data ?? default;
            entries = data.Select(static entry => KeyValuePair.Create(entry.Key, entry.Value.ToUtf8()));
        }

        foreach (var (key, value) in entries)
        {
            variables[source.Prefix + key] = value;
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
}
