namespace Petrel.Node.Volumes;

/// <summary>Why a volume cannot be set up, in kubelet's words; the volume's name is added where it is caught.</summary>
internal sealed class VolumeProblemException(string message) : Exception(message);
