namespace Petrel.Node.Containers;

/// <summary>A container cannot be made from what its pod says; the message is what users read in its status and event.</summary>
public sealed class ContainerConfigurationException(string message) : Exception(message);
