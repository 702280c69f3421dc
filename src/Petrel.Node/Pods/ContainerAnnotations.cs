using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>What is written on a container so that the next agent knows it; the names are kubelet's, which other tools read.</summary>
internal static class ContainerAnnotations
{
    private const string Hash = "io.kubernetes.container.hash";
    private const string RestartCount = "io.kubernetes.container.restartCount";
    private const string TerminationMessagePath = "io.kubernetes.container.terminationMessagePath";
    private const string TerminationMessagePolicy = "io.kubernetes.container.terminationMessagePolicy";
    private const string GracePeriod = "io.kubernetes.pod.terminationGracePeriod";

    public static void Write(IDictionary<string, string> annotations, Pod pod, Container container, uint attempt)
    {
        annotations[Hash] = HashOf(container);
        annotations[RestartCount] = attempt.ToString(CultureInfo.InvariantCulture);
        annotations[TerminationMessagePath] = container.TerminationMessagePath;
        annotations[TerminationMessagePolicy] = container.TerminationMessagePolicy;
        annotations[GracePeriod] = (pod.Spec.TerminationGracePeriodSeconds ?? 30).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The instance was made from another image than the one that is asked for now: the only field of a container that may change.</summary>
    public static bool IsOfAnotherDefinition(RuntimeContainer instance, Container container) =>
        instance.Status.Annotations.TryGetValue(Hash, out var hash) && hash != HashOf(container);

    private static string HashOf(Container container) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{container.Name}\n{container.Image}")).AsSpan(0, 4));
}
