namespace Petrel.Node.Status;

/// <summary>Which resources of the node are about to run out.</summary>
public readonly record struct NodePressure(bool Memory, bool Disk, bool Processes);
