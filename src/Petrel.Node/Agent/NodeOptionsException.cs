namespace Petrel.Node.Agent;

/// <summary>Options that a node cannot have; the message is for whoever gave them.</summary>
public sealed class NodeOptionsException(string message) : Exception(message);
