namespace Petrel.Client.Kubeconfig;

/// <summary>A kubeconfig file is not usable; the message says why in one sentence.</summary>
public sealed class KubeconfigException(string message, Exception? inner = null) : Exception(message, inner);
