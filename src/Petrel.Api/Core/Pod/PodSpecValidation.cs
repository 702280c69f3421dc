using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of a pod's spec, alone and inside templates, in the order in which errors are listed.</summary>
internal static class PodSpecValidation
{
    /// <param name="podName">Name of the pod; null inside a template.</param>
    public static void Validate(PodSpec spec, string? podName, FieldPath path, FieldErrors errors)
    {
        var rules = new PodRules(
            podName,
            ValidateVolumes(spec, podName, path.Child("volumes"), errors),
            spec.RestartPolicy,
            spec.TerminationGracePeriodSeconds ?? 0,
            spec.HostUsers ?? true,
            spec.ResourceClaims.Select(static claim => claim.Name).ToArray());
        ValidateContainers(spec, rules, path, errors);
        PodLevelResources.Validate(spec, path.Child("resources"), errors);
        ValidateHostNetwork(spec, path.Child("containers"), errors);
        ValidatePolicies(spec, path, errors);
        LabelValidation.ValidateLabels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        spec.SecurityContext?.Validate(spec, path.Child("securityContext"), errors);
        spec.Affinity?.Validate(path.Child("affinity"), errors);
        ValidateDns(spec, path.Child("dnsConfig"), errors);
        ValidateGates(spec, path, errors);
        TopologySpreadConstraint.ValidateAll(spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"), errors);
        PodOperatingSystem.ValidateHostProcesses(spec, path, errors);
        ValidateHostUsers(spec, path, errors);
        ValidateNames(spec, path, errors);
        ValidateRest(spec, path, errors);
        PodOperatingSystem.Validate(spec, path, errors);
    }

    /// <summary>The volumes without errors, by name.</summary>
    internal static Dictionary<string, Volume> ValidateVolumes(PodSpec spec, string? podName, FieldPath path, FieldErrors errors)
    {
        var rules = new PodRules(podName, new Dictionary<string, Volume>(), "", 0, false, []);
        var volumes = new Dictionary<string, Volume>(StringComparer.Ordinal);

        // A pod that is yet to be named makes claims of unknown names.
        var claims = string.IsNullOrEmpty(podName)
            ? []
            : spec.Volumes.Where(static volume => volume.Ephemeral is not null).Select(volume => $"{podName}-{volume.Name}").ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < spec.Volumes.Count; i++)
        {
            var (volume, before) = (spec.Volumes[i], errors.Count);
            volume.Validate(rules, path.Index(i), errors);
            if (volumes.ContainsKey(volume.Name))
            {
                errors.Duplicate(path.Index(i).Child("name"), volume.Name);
            }

            if (errors.Count == before)
            {
                volumes.Add(volume.Name, volume);
            }

            if (volume.PersistentVolumeClaim is { } source && claims.Contains(source.ClaimName))
            {
                errors.Invalid(path.Index(i).Child("persistentVolumeClaim", "claimName"), source.ClaimName, "must not reference a PVC that gets created for an ephemeral volume");
            }
        }

        return volumes;
    }

    private static void ValidateContainers(PodSpec spec, PodRules rules, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (spec.Containers.IsEmpty)
        {
            errors.Required(path.Child("containers"));
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            var (container, containerPath) = (spec.Containers[i], path.Child("containers").Index(i));
            container.ValidateCommon(rules, containerPath, errors);
            if (!names.Add(container.Name))
            {
                errors.Duplicate(containerPath.Child("name"), container.Name);
            }

            container.ValidateMainOnly(rules, containerPath, errors);
        }

        ContainerPort.ValidateHostPorts(spec.Containers, path.Child("containers"), errors);
        ValidateInitContainers(spec, rules, names, path.Child("initContainers"), errors);

        var others = spec.Containers.Concat(spec.InitContainers).Select(static container => container.Name).ToHashSet(StringComparer.Ordinal);
        var all = new HashSet<string>(others, StringComparer.Ordinal);
        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            spec.EphemeralContainers[i].Validate(rules, all, others, path.Child("ephemeralContainers").Index(i), errors);
        }
    }

    // Init containers run one after the other, so their host ports only conflict inside each.
    private static void ValidateInitContainers(PodSpec spec, PodRules rules, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            var (container, containerPath) = (spec.InitContainers[i], path.Index(i));
            container.ValidateInit(rules, containerPath, errors);
            if (names.Contains(container.Name))
            {
                errors.Duplicate(containerPath.Child("name"), container.Name);
            }
            else if (container.Name.Length != 0)
            {
                // Init containers without a name are told so, not that they are alike.
                names.Add(container.Name);
            }

            ContainerPort.ValidateHostPorts([container], path, errors);
            container.ValidateInitOnly(rules, containerPath, errors);
        }
    }

    private static void ValidateHostNetwork(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (!spec.HostNetwork)
        {
            return;
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            for (var j = 0; j < spec.Containers[i].Ports.Count; j++)
            {
                var port = spec.Containers[i].Ports[j];
                if (port.HostPort != 0 && port.HostPort != port.Port)
                {
                    errors.Invalid(path.Index(i).Child("ports").Index(j).Child("containerPort"), port.Port, "must match `hostPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void ValidatePolicies(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("restartPolicy"), spec.RestartPolicy))
        {
            errors.OneOf(path.Child("restartPolicy"), spec.RestartPolicy, "Always", "OnFailure", "Never");
        }

        if (errors.NotEmpty(path.Child("dnsPolicy"), spec.DnsPolicy))
        {
            errors.OneOf(path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        }
    }

    private static void ValidateDns(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.DnsPolicy == "None" && spec.DnsConfig is null)
        {
            errors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        else if (spec.DnsPolicy == "None" && spec.DnsConfig!.Nameservers.IsEmpty)
        {
            errors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        else
        {
            spec.DnsConfig?.Validate(path, errors);
        }
    }

    private static void ValidateGates(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            errors.QualifiedName(path.Child("readinessGates").Index(i).Child("conditionType"), spec.ReadinessGates[i].ConditionType);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var name = spec.SchedulingGates[i].Name;
            errors.QualifiedName(path.Child("schedulingGates").Index(i), name);
            if (!names.Add(name))
            {
                errors.Duplicate(path.Child("schedulingGates").Index(i), name);
            }
        }
    }

    // The capitals of two paths are upstream's.
    private static void ValidateHostUsers(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.HostUsers != false)
        {
            return;
        }

        foreach (var (isSet, field) in new[] { (spec.HostNetwork, "hostNetwork"), (spec.HostPID, "HostPID"), (spec.HostIPC, "HostIPC") })
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(field), "when `pod.Spec.HostUsers` is false");
            }
        }
    }

    private static void ValidateNames(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ServiceAccountName.Length != 0)
        {
            errors.DnsSubdomain(path.Child("serviceAccountName"), spec.ServiceAccountName);
        }

        if (spec.NodeName.Length != 0)
        {
            errors.DnsSubdomain(path.Child("nodeName"), spec.NodeName);
        }

        if (spec.ActiveDeadlineSeconds is { } deadline)
        {
            errors.InRange(path.Child("activeDeadlineSeconds"), deadline, 1, int.MaxValue);
        }

        if (spec.Hostname.Length != 0)
        {
            errors.DnsLabel(path.Child("hostname"), spec.Hostname);
        }

        if (spec.Subdomain.Length != 0)
        {
            errors.DnsLabel(path.Child("subdomain"), spec.Subdomain);
        }
    }

    private static void ValidateRest(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Toleration.ValidateAll(spec.Tolerations, path.Child("tolerations"), errors);
        ValidateHostAliases(spec, path.Child("hostAliases"), errors);
        if (spec.PriorityClassName.Length != 0)
        {
            errors.DnsSubdomain(path.Child("priorityClassName"), spec.PriorityClassName);
        }

        if (spec.RuntimeClassName is not null)
        {
            errors.DnsSubdomain(path.Child("runtimeClassName"), spec.RuntimeClassName);
        }

        if (spec.PreemptionPolicy is not null && errors.NotEmpty(path.Child("preemptionPolicy"), spec.PreemptionPolicy))
        {
            errors.OneOf(path.Child("preemptionPolicy"), spec.PreemptionPolicy, "PreemptLowerPriority", "Never");
        }

        if (!spec.Overhead.IsEmpty)
        {
            new ResourceRequirements { Limits = spec.Overhead }.Validate([], path.Child("overhead"), errors);
        }
    }

    private static void ValidateHostAliases(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.HostAliases.Count; i++)
        {
            var alias = spec.HostAliases[i];
            errors.Address(path.Index(i).Child("ip"), alias.Ip);
            for (var j = 0; j < alias.Hostnames.Count; j++)
            {
                errors.DnsSubdomain(path.Index(i).Child("hostnames").Index(j), alias.Hostnames[j]);
            }
        }
    }
}
