using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of what node agents and schedulers report about a pod.</summary>
internal static class PodStatusValidation
{
    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("status");
        var (status, before) = (pod.Status, old.Status);
        PodAnnotations.ValidateUpdate(pod.Metadata.Annotations, old.Metadata.Annotations, FieldPath.Root.Child("metadata", "annotations"), errors);
        for (var i = 0; i < status.Conditions.Count; i++)
        {
            errors.QualifiedName(path.Child("conditions").Index(i).Child("Type"), status.Conditions[i].Type);
        }

        if (status.NominatedNodeName != before.NominatedNodeName && status.NominatedNodeName.Length != 0)
        {
            errors.DnsSubdomain(path.Child("nominatedNodeName"), status.NominatedNodeName);
        }

        errors.Immutable(path.Child("qosClass"), status.QosClass, before.QosClass);
        ValidateTransitions(status.ContainerStatuses, before.ContainerStatuses, old.Spec, path.Child("containerStatuses"), errors);
        ValidateTransitions(
            status.InitContainerStatuses,
            before.InitContainerStatuses.RemoveAll(each => old.Spec.InitContainers.Any(container => container.Name == each.Name && container.IsSidecar)),
            old.Spec,
            path.Child("initContainerStatuses"),
            errors);
        ValidatePodAddresses(status, path.Child("podIPs"), errors);
        ValidateHostAddresses(status, path.Child("hostIPs"), errors);
    }

    // What has ended for good stays so.
    private static void ValidateTransitions(ApiList<ContainerStatus> statuses, ApiList<ContainerStatus> old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.RestartPolicy == "Always")
        {
            return;
        }

        for (var i = 0; i < old.Count; i++)
        {
            var ended = old[i].State.Terminated;
            var mayRestart = ended is null || (ended.ExitCode != 0 && spec.RestartPolicy == "OnFailure");
            if (!mayRestart && statuses.Any(status => status.Name == old[i].Name && status.State.Terminated is null))
            {
                errors.Forbidden(path.Index(i).Child("state"), "may not be transitioned to non-terminated state");
            }
        }
    }

    private static void ValidateHostAddresses(PodStatus status, FieldPath path, FieldErrors errors)
    {
        if (!status.HostIPs.IsEmpty && status.HostIPs[0].Ip != status.HostIP)
        {
            errors.Invalid(path.Index(0).Child("ip"), status.HostIPs[0].Ip, "must be equal to `hostIP`");
        }

        var addresses = ValidateEach(status.HostIPs.Select(static address => address.Ip), path, errors);
        ValidateUniqueness(addresses, "HostIP", path, errors);
        ValidateFamilies(addresses, "HostIP", path, errors);
    }

    private static void ValidatePodAddresses(PodStatus status, FieldPath path, FieldErrors errors)
    {
        var addresses = ValidateEach(status.PodIPs.Select(static address => address.Ip), path, errors);
        ValidateFamilies(addresses, "PodIP", path, errors);
        ValidateUniqueness(addresses, "PodIP", path, errors);
    }

    private static string[] ValidateEach(IEnumerable<string> addresses, FieldPath path, FieldErrors errors)
    {
        string[] all = [.. addresses];
        for (var i = 0; i < all.Length; i++)
        {
            errors.Address(path.Index(i), all[i]);
        }

        return all;
    }

    private static void ValidateFamilies(string[] addresses, string goType, FieldPath path, FieldErrors errors)
    {
        if (addresses.Length < 2)
        {
            return;
        }

        var unknown = Array.FindIndex(addresses, static address => AddressFormats.Parse(address) is null);
        if (unknown >= 0)
        {
            errors.Internal(path, $"failed to check for dual stack with error:invalid IP[{unknown}]: {addresses[unknown]}");
        }
        else if (AddressFormats.AreOfDifferentFamilies(addresses.Select(AddressFormats.IsIPv6)))
        {
            return;
        }

        var list = string.Join(", ", addresses.Select(address => Shown(address, goType)));
        errors.Invalid(path, new Verbatim($"[]core.{goType}{{{list}}}"), "may specify no more than one IP for each IP family");
    }

    private static void ValidateUniqueness(string[] addresses, string goType, FieldPath path, FieldErrors errors)
    {
        for (var i = 1; i < addresses.Length; i++)
        {
            if (Array.IndexOf(addresses, addresses[i]) < i)
            {
                errors.Duplicate(path.Index(i), new Verbatim(Shown(addresses[i], goType)));
            }
        }
    }

    private static string Shown(string address, string goType) => $"core.{goType}{{IP:{GoSyntax.Quote(address)}}}";
}
