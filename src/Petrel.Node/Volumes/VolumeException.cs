namespace Petrel.Node.Volumes;

/// <summary>A volume that cannot be mounted or unmounted now; the same call may succeed later.</summary>
public sealed class VolumeException : Exception
{
    public VolumeException(IReadOnlyList<string> problems, Exception? innerException = null) : base(problems[0], innerException) => Problems = problems;

    public VolumeException(string message, Exception? innerException = null) : this([message], innerException)
    {
    }

    /// <summary>
    /// One text for each volume, worded as upstream's FailedMount events:
    /// <c>MountVolume.SetUp failed for volume "x" : configmap "y" not found</c>. The message is the first of them.
    /// </summary>
    public IReadOnlyList<string> Problems { get; }

    internal static string SetUpProblem(string volume, string problem) => $"MountVolume.SetUp failed for volume \"{volume}\" : {problem}";
}
