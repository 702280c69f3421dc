namespace Petrel.ApiServer.Webhooks;

/// <summary>A port of a service.</summary>
internal sealed record ServiceTarget(string Namespace, string Name, int Port)
{
    /// <summary>The service's name within the cluster, which its certificate must be for.</summary>
    public string Host => $"{Name}.{Namespace}.svc";
}
