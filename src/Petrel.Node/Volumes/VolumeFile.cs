using Petrel.Api;

namespace Petrel.Node.Volumes;

/// <summary>One file of a volume whose content comes from the API.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Owner">Its user; null for root.</param>
public sealed record VolumeFile(string Path, Binary Content, UnixFileMode Mode, uint? Owner = null);
