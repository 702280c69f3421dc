using System.Globalization;
using System.Text;
using Petrel.Api.Core;
using Petrel.Node.Agent;

namespace Petrel.Node.Containers;

/// <summary>What a container left behind about its end (API fields terminationMessagePath and terminationMessagePolicy).</summary>
internal static class TerminationMessage
{
    /// <summary>Bytes of a message (API documentation of terminationMessagePath).</summary>
    private const int FileBytes = 4096;

    /// <summary>The same of one taken from the log: the last of 80 lines or 2048 bytes, whichever is less.</summary>
    private const int LogBytes = 2048;
    private const int LogLines = 80;

    /// <summary>The file on the node that is mounted into one instance of a container.</summary>
    public static string FileOf(NodeOptions options, string podUid, string container, uint attempt) =>
        Path.Combine(options.PodDirectory(podUid), "containers", container, attempt.ToString(CultureInfo.InvariantCulture));

    /// <summary>Empty when there is none.</summary>
    /// <param name="file">Where the container could write it.</param>
    /// <param name="logFile">The instance's log.</param>
    public static string Read(string file, Container container, int exitCode, string logFile)
    {
        var message = container.TerminationMessagePath.Length == 0 ? "" : Head(file);
        return message.Length == 0 && exitCode != 0 && container.TerminationMessagePolicy == "FallbackToLogsOnError" ? LogTail(logFile) : message;
    }

    private static string Head(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[FileBytes];
            var length = stream.ReadAtLeast(bytes, FileBytes, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }

    private static string LogTail(string logFile)
    {
        if (!File.Exists(logFile))
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var line in File.ReadLines(logFile).TakeLast(LogLines))
        {
            // time, stream and tag come before the text (CRI log format).
            var parts = line.Split(' ', 4);
            text.Append(parts.Length == 4 ? parts[3] : "").Append(parts is [_, _, "P", ..] ? "" : "\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return bytes.Length <= LogBytes ? text.ToString() : Encoding.UTF8.GetString(bytes, bytes.Length - LogBytes, LogBytes);
    }
}
