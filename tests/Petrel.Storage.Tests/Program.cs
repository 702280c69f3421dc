using Petrel.Storage.Tests.Backends.Embedded;

namespace Petrel.Storage.Tests;

/// <summary>Started by tests as a process of its own, to be killed.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["write", var directory, var start]:
                await WriterProcess.RunAsync(directory, int.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["open", var directory]:
                return WriterProcess.TryOpen(directory);
            default:
                await Console.Error.WriteLineAsync("usage: write DIRECTORY START | open DIRECTORY");
                return 2;
        }
    }
}
