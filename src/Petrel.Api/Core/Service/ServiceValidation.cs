using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of a service's spec, in the order in which errors are listed.</summary>
internal static class ServiceValidation
{
    private const int NodeAgentPort = 10250;

    private const string OnlyForLoadBalancer = "may only be used when `type` is 'LoadBalancer'";

    private const string SourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private const string TopologyMode = "service.kubernetes.io/topology-mode";

    // What the mode was called before.
    private const string TopologyHints = "service.kubernetes.io/topology-aware-hints";

    public static void Validate(ServiceSpec spec, ApiMap<string> annotations, FieldPath path, FieldErrors errors)
    {
        ValidateTopology(annotations, errors);
        if (spec.Ports.IsEmpty && !spec.IsOnlyHeadless && spec.Type != "ExternalName")
        {
            errors.Required(path.Child("ports"));
        }

        ValidateForType(spec, spec.IsOnlyHeadless, path, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            spec.Ports[i].Validate(spec.Ports.Count > 1, names, path.Child("ports").Index(i), errors);
        }

        LabelValidation.ValidateLabels(spec.Selector, path.Child("selector"), errors);
        ValidateAffinity(spec, path, errors);
        ServiceAddressValidation.Validate(spec, path, errors);
        ValidateExternalAddresses(spec, path.Child("externalIPs"), errors);
        if (errors.NotEmpty(path.Child("type"), spec.Type))
        {
            errors.OneOf(path.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        }

        ValidateUniquePorts(spec, path.Child("ports"), errors);
        ValidateLoadBalancer(spec, annotations, path, errors);
        ValidatePolicies(spec, path, errors);
    }

    public static void ValidateUpdate(ServiceSpec spec, ServiceSpec old, FieldPath path, FieldErrors errors)
    {
        ServiceAddressValidation.ValidateUpdate(spec, old, path, errors);
        if (spec.Type == "LoadBalancer" && old.Type == "LoadBalancer" && spec.LoadBalancerClass != old.LoadBalancerClass)
        {
            errors.Invalid(path.Child("loadBalancerClass"), spec.LoadBalancerClass, "may not change once set");
        }
    }

    private static void ValidateForType(ServiceSpec spec, bool isHeadless, FieldPath path, FieldErrors errors)
    {
        switch (spec.Type)
        {
            case "LoadBalancer":
                for (var i = 0; i < spec.Ports.Count; i++)
                {
                    if (spec.Ports[i].Port == NodeAgentPort)
                    {
                        errors.Invalid(path.Child("ports").Index(i), NodeAgentPort, $"may not expose port {NodeAgentPort} externally since it is used by kubelet");
                    }
                }

                RefuseHeadless(isHeadless, spec, path, errors);
                break;
            case "NodePort":
                RefuseHeadless(isHeadless, spec, path, errors);
                break;
            case "ExternalName":
                ValidateExternalName(spec, path, errors);
                break;
        }
    }

    private static void RefuseHeadless(bool isHeadless, ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        if (isHeadless)
        {
            errors.Invalid(path.Child("clusterIPs").Index(0), "None", $"may not be set to 'None' for {spec.Type} services");
        }
    }

    private static void ValidateExternalName(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (isSet, field) in new[] { (!spec.ClusterIPs.IsEmpty, "clusterIPs"), (!spec.IpFamilies.IsEmpty, "ipFamilies"), (spec.IpFamilyPolicy is not null, "ipFamilyPolicy") })
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(field), "may not be set for ExternalName services");
            }
        }

        var name = spec.ExternalName.EndsWith('.') ? spec.ExternalName[..^1] : spec.ExternalName;
        if (errors.NotEmpty(path.Child("externalName"), name))
        {
            errors.DnsSubdomain(path.Child("externalName"), name);
        }
    }

    private static void ValidateAffinity(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("sessionAffinity"), spec.SessionAffinity))
        {
            errors.OneOf(path.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
        }

        if (spec.SessionAffinity == "ClientIP")
        {
            SessionAffinityConfig.Validate(spec.SessionAffinityConfig, path.Child("sessionAffinityConfig"), errors);
        }
        else if (spec.SessionAffinity == "None" && spec.SessionAffinityConfig is not null)
        {
            errors.Forbidden(path.Child("sessionAffinityConfig"), "must not be set when session affinity is None");
        }
    }

    private static void ValidateExternalAddresses(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.ExternalIPs.Count; i++)
        {
            var before = errors.Count;
            errors.Address(path.Index(i), spec.ExternalIPs[i]);
            if (errors.Count == before)
            {
                errors.InvalidAll(path.Index(i), spec.ExternalIPs[i], AddressFormats.OutsideAddress(spec.ExternalIPs[i]));
            }
        }
    }

    private static void ValidateUniquePorts(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.Ports.Count && spec.Type == "ClusterIP"; i++)
        {
            if (spec.Ports[i].NodePort != 0)
            {
                errors.Forbidden(path.Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'");
            }
        }

        var nodePorts = new HashSet<(string, int)>();
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            if (port.NodePort != 0 && !nodePorts.Add((port.Protocol, port.NodePort)))
            {
                errors.Duplicate(path.Index(i).Child("nodePort"), port.NodePort);
            }
        }

        var ports = new HashSet<(string, int)>();
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            if (!ports.Add((port.Protocol, port.Port)))
            {
                errors.Duplicate(path.Index(i), new Verbatim(
                    $"core.ServicePort{{Name:\"\", Protocol:{GoSyntax.Quote(port.Protocol)}, AppProtocol:(*string)(nil), Port:{port.Port}, TargetPort:{GoSyntax.IntOrString(0)}, NodePort:0}}"));
            }
        }
    }

    private static void ValidateLoadBalancer(ServiceSpec spec, ApiMap<string> annotations, FieldPath path, FieldErrors errors)
    {
        var isLoadBalancer = spec.Type == "LoadBalancer";

        ValidateSourceRanges(spec, annotations, path, errors);
        if (spec.AllocateLoadBalancerNodePorts is not null && !isLoadBalancer)
        {
            errors.Forbidden(path.Child("allocateLoadBalancerNodePorts"), OnlyForLoadBalancer);
        }
        else if (spec.AllocateLoadBalancerNodePorts is null && isLoadBalancer)
        {
            errors.Required(path.Child("allocateLoadBalancerNodePorts"), "field is required when `type` is 'LoadBalancer'");
        }

        if (spec.LoadBalancerClass is not null && !isLoadBalancer)
        {
            errors.Forbidden(path.Child("loadBalancerClass"), OnlyForLoadBalancer);
        }
        else if (spec.LoadBalancerClass is not null)
        {
            errors.QualifiedName(path.Child("loadBalancerClass"), spec.LoadBalancerClass);
        }
    }

    // What an annotation says counts while the field is empty. Blanks around a range are from the time of the annotation.
    private static void ValidateSourceRanges(ServiceSpec spec, ApiMap<string> annotations, FieldPath path, FieldErrors errors)
    {
        var annotated = annotations.GetValueOrDefault(SourceRangesAnnotation);
        var isField = !spec.LoadBalancerSourceRanges.IsEmpty;
        if (!isField && annotated is null)
        {
            return;
        }

        // The capital letter is upstream's.
        var ranges = isField ? path.Child("LoadBalancerSourceRanges") : FieldPath.Root.Child("metadata", "annotations").Key(SourceRangesAnnotation);
        if (spec.Type != "LoadBalancer")
        {
            errors.Forbidden(ranges, OnlyForLoadBalancer);
        }

        string[] given = isField ? [.. spec.LoadBalancerSourceRanges] : annotated!.Trim().Length == 0 ? [] : annotated.Split(',');
        for (var i = 0; i < given.Length; i++)
        {
            var range = given[i].Trim();
            errors.InvalidAll(isField ? ranges.Index(i) : ranges, range, AddressFormats.Range(range));
        }
    }

    private static void ValidateTopology(ApiMap<string> annotations, FieldErrors errors)
    {
        if (annotations.TryGetValue(TopologyMode, out var mode) && annotations.TryGetValue(TopologyHints, out var hints) && mode != hints)
        {
            errors.Invalid(FieldPath.Root.Child("metadata", "annotations").Key(TopologyMode), mode, $"must match annotations[{TopologyHints}] when both are specified");
        }
    }

    private static void ValidatePolicies(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var external = path.Child("externalTrafficPolicy");
        if (!spec.IsReachableFromOutside && spec.ExternalTrafficPolicy.Length != 0)
        {
            errors.Invalid(external, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }
        else if (spec.IsReachableFromOutside && errors.NotEmpty(external, spec.ExternalTrafficPolicy))
        {
            errors.OneOf(external, spec.ExternalTrafficPolicy, "Cluster", "Local");
        }

        if (spec.HealthCheckNodePort != 0 && !spec.NeedsHealthCheckNodePort)
        {
            errors.Invalid(path.Child("healthCheckNodePort"), spec.HealthCheckNodePort, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        else if (spec.HealthCheckNodePort != 0)
        {
            errors.Port(path.Child("healthCheckNodePort"), spec.HealthCheckNodePort);
        }

        if (spec.InternalTrafficPolicy is not null)
        {
            errors.OneOf(path.Child("internalTrafficPolicy"), spec.InternalTrafficPolicy, "Cluster", "Local");
        }
        else if (spec.NeedsClusterIP)
        {
            errors.Required(path.Child("internalTrafficPolicy"));
        }

        if (spec.TrafficDistribution is not null)
        {
            errors.OneOf(path.Child("trafficDistribution"), spec.TrafficDistribution, "PreferClose");
        }
    }
}
